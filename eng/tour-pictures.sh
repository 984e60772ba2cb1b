#!/usr/bin/env bash
# Makes the pictures of docs/console.md and the README from those the tests took (artifacts/screenshots). Needs ImageMagick.
#   ./test; eng/tour-pictures.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
from=$root/artifacts/screenshots to=$root/docs/tour
mkdir -p "$to"
small() {
  convert "$from/$1.png" -strip -resize "${3:-1200x}" -dither None -colors 96 -define png:compression-level=9 "$2"
  size=$(stat -c %s "$2")
  [ "$size" -le 250000 ] || { echo "tour-pictures: $2 has $size bytes, more than 250000" >&2; exit 1; }
}
for name in job-false-alarm job-measures job-directive job-raid job-released-ar job-crossing job-crossing-then job-dossier quality-deuteranopia; do
  if [ -e "$from/$name.png" ]; then
    small "$name" "$to/$name.png"
  else
    echo "tour-pictures: the tests left no $name.png" >&2
  fi
done
small job-released "$root/docs/console.png" 1400x
ls -l "$to"
