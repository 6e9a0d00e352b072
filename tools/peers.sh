#!/usr/bin/env bash
# Makes environments with the programs of others that the benchmarks measure beside ours. Nothing of
# them is imported or shipped.
#   .venv-peers        `python -m bench reading`: markitdown, kreuzberg, and docling without the
#                      models that it would have to download
#   .venv-peers-names  `python -m bench organisations`: nomenklatura and rapidfuzz
#   .venv-peers-likeness  `python -m bench specifications`: datasketch
# Lock one again with:
#   uv pip compile -q --generate-hashes --no-header --no-annotate --python-version 3.11 \
#       tools/peers.in -o tools/peers.lock
set -u
cd "$(dirname "$0")/.." || exit 1
for name in ${*:-peers peers-names peers-likeness}; do
    [ ".venv-$name/ready" -nt "tools/$name.lock" ] && continue
    echo "Installing the programs of others into .venv-$name …"
    rm -rf ".venv-$name"
    python3 -m venv ".venv-$name" &&
        ".venv-$name/bin/python" -m pip install -q --disable-pip-version-check --require-hashes \
            -r "tools/$name.lock" &&
        touch ".venv-$name/ready" && continue
    rm -rf ".venv-$name"
    echo "They cannot be installed here: the benchmark names them and goes on without."
done
exit 0
