// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace queuedeck::service {

/// How the connection to a server is encrypted, as a person chooses it.
enum class Encryption {
    Full,         ///< certificate and host name are checked, by the authorities of this computer
    FullOwn,      ///< the same, by the authority in ~/.postgresql/root.crt
    Unchecked,    ///< encrypted, whoever answers
    WhereOffered, ///< libpq's own default
    None,
};

/// Of an address that can be parsed and names a server; none for files and for what is unreadable.
std::optional<Encryption> encryptionOf(const QString& address);
/// The same address with this encryption; unchanged where there is none.
QString withEncryption(const QString& address, Encryption encryption);
/// For a server on another computer whose address says nothing about encryption: Full. Else
/// unchanged.
QString withUsualEncryption(const QString& address);

} // namespace queuedeck::service
