// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace queuedeck::db {

/// A part of an address with its %XX decoded; nothing if a % is not followed by two hexadecimal
/// digits, or if the result contains a NUL.
std::optional<QString> decoded(QStringView text);

/// The error for an address that cannot be parsed. It quotes nothing, since any piece may belong to
/// the password.
base::Error unreadableAddress();

/// The key if it is safe to show, that is short and plain; otherwise empty.
QString showableKey(const QString& key);

} // namespace queuedeck::db
