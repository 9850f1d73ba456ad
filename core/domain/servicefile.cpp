// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/servicefile.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

QString PgService::keywords() const
{
    // The host first: that is how a list of keywords is told from other texts.
    QStringList parts;
    for (const auto& [key, value] : keys) {
        QString quoted = value;
        quoted.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
        const QString part = u"%1='%2'"_s.arg(key, quoted);
        if (key == "host"_L1)
            parts.prepend(part);
        else
            parts += part;
    }
    return parts.join(u' ');
}

QVector<PgService> parseServiceFile(const QString& text)
{
    QVector<PgService> services;
    int number = 0;
    for (const QStringView raw : QStringView(text).split(u'\n')) {
        ++number;
        const QString line = raw.trimmed().toString();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        if (line.startsWith(u'[') && line.endsWith(u']')) {
            services += PgService{line.mid(1, line.size() - 2), {}, number};
            continue;
        }
        const qsizetype equals = line.indexOf(u'=');
        const QString key = line.left(equals).trimmed();
        const bool isKey = equals > 0 && std::all_of(key.cbegin(), key.cend(), [](QChar one) {
                               return (one >= u'a' && one <= u'z') || one == u'_';
                           });
        if (isKey && !services.isEmpty())
            services.last().keys.append({key, line.mid(equals + 1).trimmed()});
    }
    return services;
}

} // namespace queuedeck::domain
