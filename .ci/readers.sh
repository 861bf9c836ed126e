# Shells that complete, a linter of manual pages, speedscope, and what GitHub, Microsoft and Code Climate publish to read or
# write what we write. Sourced by .ci/run, which gives $work.
missing=() # only these: a Node.js that is not Debian's brings its npm, and conflicts with Debian's
for program in zsh fish mandoc npm; do
    command -v "$program" >/dev/null || missing+=("$program")
done
if [ ${#missing[@]} -gt 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
mkdir -p "$work/node"
npm install --prefix "$work/node" --silent --no-audit --no-fund \
    @microsoft/sarif-multitool @actions/core codeclimate-types typescript speedscope >/dev/null
export DEBUGTEXT_NODE_MODULES="$work/node/node_modules"
