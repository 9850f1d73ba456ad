// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/db/databaseurl.h"

namespace queuedeck::service {

/// Opens with what the address says; when the database refuses that and the address holds no
/// password, with the one kept for it, which then stands in `url`. The keychain is asked only then,
/// so that a connection without a password never waits for it. Blocks. Private to this room.
bool addStoredPassword(db::DatabaseUrl& url, const base::Error& refused);

template <class Open>
auto openWithStoredPassword(db::DatabaseUrl& url, Open open) -> decltype(open(url))
{
    auto opened = open(url);
    if (!opened && addStoredPassword(url, opened.error()))
        return open(url);
    return opened;
}

/// Keeps the password of an address that worked. Does not wait: the keychain may ask a person for
/// its own password first, and nobody should have to answer before the database opens.
void keepPassword(const db::DatabaseUrl& url);

} // namespace queuedeck::service
