// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/fileaddress.h"

#include "core/base/sentence.h"
#include "core/db/addresstext.h"

#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::ErrorKind;
using base::Sentence;

namespace {
const QRegularExpression& scheme()
{
    static const QRegularExpression pattern(u"^(sqlite|file):(//)?"_s);
    return pattern;
}

// Pool settings, which do not affect the file, and ours: the table name.
const QRegularExpression& knownKeys()
{
    static const QRegularExpression pattern(
        u"^(?:(?:connection_limit|pool_timeout|socket_timeout|connect_timeout|timeout|table)="
        "[^&]*&?)*$"_s);
    return pattern;
}

// The application's name for the queue; empty if the keys do not give one.
base::Result<QString> tableIn(const QString& keys)
{
    for (const QString& pair : keys.split(u'&')) {
        if (!pair.startsWith("table="_L1))
            continue;
        const auto name = decoded(QStringView(pair).sliced(6));
        if (!name || name->isEmpty())
            return base::fail(
                ErrorKind::Invalid,
                Sentence::tr("The address of the database file names a table without a name."));
        return *name;
    }
    return QString();
}

base::Status checkKeys(const QString& keys)
{
    if (knownKeys().match(keys).hasMatch())
        return {};
    return base::fail(
        ErrorKind::Invalid,
        Sentence::tr("The address of the database file has a ? that begins keys which are not "
                     "known here. A ? in the name of the file is written as %3F."));
}
} // namespace

bool isFileAddress(const QString& text)
{
    return scheme().match(text).hasMatch();
}

base::Result<DatabaseUrl> parseFileAddress(const QString& text)
{
    const auto match = scheme().match(text);
    QString path = text.mid(match.capturedLength());
    const bool isUrl = match.captured(1) == "file"_L1 || match.hasCaptured(2);
    const qsizetype question = path.indexOf(u'?');
    QString keys = question < 0 ? QString() : path.mid(question + 1);
    if (isUrl) {
        if (const base::Status known = checkKeys(keys); !known)
            return known.error();
        const auto plain = decoded(QStringView(path).first(question < 0 ? path.size() : question));
        if (!plain)
            return base::fail(
                ErrorKind::Invalid,
                Sentence::tr("The address of the database file has a % without two hexadecimal "
                             "digits. A % in the name of the file is written as %25."));
        path = *plain;
        if (match.hasCaptured(2) && path.startsWith("localhost/"_L1))
            path.remove(0, qsizetype(qstrlen("localhost")));
    } else if (question >= 0 && knownKeys().match(keys).hasMatch() && !QFileInfo::exists(path)) {
        path.truncate(question);
    } else {
        keys.clear(); // a ? in the file name
    }
    if (path.isEmpty() || path == ":memory:"_L1)
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("The database address names no file, as in sqlite:/path/jobs.db."));
    const auto table = tableIn(keys);
    if (!table)
        return table.error();
    DatabaseUrl url = DatabaseUrl::sqliteFile(path);
    if (!table->isEmpty())
        url.table = *table;
    return url;
}

} // namespace queuedeck::db
