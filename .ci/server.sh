# Fetches real Go servers from Debian and unpacks them, without installing: nothing starts, and nothing is left behind.
# Sourced by .ci/run, which gives $work; leaves their folder in PATH.
(
    mkdir -p "$work/server" && cd "$work/server"
    apt-get update -qq
    command -v curl >/dev/null || apt-get install -y -qq --no-install-recommends curl
    chmod a+rwx . # apt downloads as its own user
    apt-get download -qq prometheus etcd-server
    for package in ./*.deb; do
        dpkg-deb --extract "$package" .
    done
)
export PATH="$PATH:$work/server/usr/bin"
prometheus --version
etcd --version
