#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes the lines of one shop from products.csv, in Queuedeck's home, to exports/SHOP-JOB.csv.
#
#   {"shop": "harbour"}
#
# The first column of products.csv is the shop. A shop that it does not contain is a mistake in the
# payload; a missing file may still arrive.
set -eu

# The schema allows only a-z, 0-9 and "-" in the value, so this is enough of a parser.
shop=$(sed -n 's/.*"shop":"\([a-z0-9-]*\)".*/\1/p')

if [ ! -f products.csv ]; then
    echo 'products.csv is not there yet.' >&2
    exit 75 # later, without using up an attempt
fi
if ! grep -q "^$shop," products.csv; then
    echo "products.csv has no line of the shop $shop." >&2
    exit 65 # a retry cannot help
fi

mkdir -p exports
part=exports/$QUEUEDECK_JOB_ID.part
awk -F, -v shop="$shop" 'NR == 1 || $1 == shop' products.csv > "$part"
mv "$part" "exports/$shop-$QUEUEDECK_JOB_ID.csv"
