// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/addresstext.h"

#include "core/base/sentence.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

std::optional<QString> decoded(QStringView text)
{
    static const QRegularExpression bad(u"%(?![0-9A-Fa-f]{2})|%00"_s);
    if (bad.match(text.toString()).hasMatch())
        return std::nullopt;
    return QUrl::fromPercentEncoding(text.toUtf8());
}

base::Error unreadableAddress()
{
    return base::fail(
        base::ErrorKind::Invalid,
        base::Sentence::tr("The database address cannot be read. Write it as "
                           "postgresql://user:password@host:5432/database; in the user and the "
                           "password, special characters are written as %XX: %2F for /, %23 for #, "
                           "%3F for ?, %40 for @, %25 for %."));
}

QString showableKey(const QString& key)
{
    static const QRegularExpression plain(u"^[A-Za-z][A-Za-z0-9_.-]{0,39}$"_s);
    return plain.match(key).hasMatch() ? key : QString();
}

} // namespace queuedeck::db
