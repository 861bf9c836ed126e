"""Growth: two readings compared, many readings as series; pure computation on records, the store is in history."""
