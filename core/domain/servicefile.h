// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPair>
#include <QString>
#include <QVector>

namespace queuedeck::domain {

/// A section of a pg_service.conf: a name, and keys of libpq with their values.
struct PgService
{
    QString name;
    QVector<QPair<QString, QString>> keys;
    int line = 0; ///< of its head, from 1

    /// As a list of keywords, quoted where libpq wants it: `host='db' dbname='jobs'`.
    QString keywords() const;
};

/// Reads it as libpq does: `[name]`, `key=value` up to the end of the line, `#` at the beginning
/// of a line. Lines that libpq would refuse are passed over.
QVector<PgService> parseServiceFile(const QString& text);

} // namespace queuedeck::domain
