# Fetches a real Go server from Debian and unpacks it, without installing: nothing starts, and nothing is left behind.
# Sourced by .ci/run, which gives $work; leaves the server's folder in PATH.
(
    mkdir -p "$work/server" && cd "$work/server"
    apt-get update -qq
    command -v curl >/dev/null || apt-get install -y -qq --no-install-recommends curl
    chmod a+rwx . # apt downloads as its own user
    apt-get download -qq prometheus
    dpkg-deb --extract prometheus_*.deb .
)
export PATH="$PATH:$work/server/usr/bin"
prometheus --version
