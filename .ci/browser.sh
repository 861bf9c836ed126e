# A real browser for the tests of pages, from Debian. Sourced by .ci/run.
command -v chromedriver >/dev/null && command -v chromium >/dev/null || {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-driver >/dev/null
}
chromedriver --version
