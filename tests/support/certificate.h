// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace queuedeck::test {

/// Makes a certificate for localhost and 127.0.0.1 and its key, which only its owner can read;
/// false on failure.
bool makeCertificate(const QString& certificate, const QString& privateKey, const QDateTime& from,
                     const QDateTime& to);
bool makeCertificate(const QString& certificate, const QString& privateKey);

} // namespace queuedeck::test
