// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace queuedeck::db {

/// A part of an address with its %XX decoded; nothing where a % is not followed by two hexadecimal
/// digits, or a NUL comes out.
std::optional<QString> decoded(QStringView text);

/// What is said of an address that cannot be taken apart: without a word of it, since any may be a
/// piece of the password.
base::Error unreadableAddress();

/// A name out of an address that may be shown: short and plain; otherwise empty.
QString showableKey(const QString& key);

} // namespace queuedeck::db
