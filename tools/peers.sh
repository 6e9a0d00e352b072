#!/usr/bin/env bash
# Makes .venv-peers with the readers of others that `python -m bench reading` measures beside ours:
# markitdown, kreuzberg, and docling without the models that it would have to download. Nothing of
# them is imported or shipped. Lock them again with:
#   uv pip compile -q --generate-hashes --no-header --no-annotate --python-version 3.11 \
#       tools/peers.in -o tools/peers.lock
set -u
cd "$(dirname "$0")/.." || exit 1
[ .venv-peers/ready -nt tools/peers.lock ] && exit 0
echo "Installing the readers of others into .venv-peers …"
rm -rf .venv-peers
python3 -m venv .venv-peers &&
    .venv-peers/bin/python -m pip install -q --disable-pip-version-check --require-hashes \
        -r tools/peers.lock &&
    touch .venv-peers/ready && exit 0
rm -rf .venv-peers
echo "They cannot be installed here: the benchmark names them and goes on without."
exit 0
