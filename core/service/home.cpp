// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/home.h"

#include "core/db/databaseurl.h"

#include <QCryptographicHash>
#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

QString homeFolder()
{
    const QString chosen = qEnvironmentVariable("QUEUEDECK_HOME");
    if (!chosen.isEmpty())
        return QDir(chosen).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/queuedeck"_s;
}

QString embeddedDatabase()
{
    return homeFolder() + u"/queuedeck.db"_s;
}

QString demoDatabase()
{
    return homeFolder() + u"/sample-data.db"_s;
}

// The same for every user and password.
QString databaseKey(const db::DatabaseUrl& url)
{
    constexpr int kEnough = 16; // digits to tell apart all databases a computer may know
    const QString text = url.dialect == db::Dialect::Sqlite
                             ? u"sqlite:"_s + url.path
                             : u"postgresql://%1:%2/%3?schema=%4"_s.arg(url.host).arg(url.port).arg(
                                   url.database, url.schema);
    const QByteArray digest =
        QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex();
    return QString::fromLatin1(digest.left(kEnough));
}

QString schedulesFile(const QString& key)
{
    return u"%1/schedules/%2.json"_s.arg(homeFolder(), key);
}

QString alertRulesFile(const QString& key)
{
    return u"%1/alerts/%2.json"_s.arg(homeFolder(), key);
}

QString alertStateFile(const QString& key)
{
    return u"%1/alerts/%2-state.json"_s.arg(homeFolder(), key);
}

QString keyOfAddress(const QString& address)
{
    const auto url = address.isEmpty() ? db::DatabaseUrl::sqliteFile(embeddedDatabase())
                                       : db::DatabaseUrl::parse(address);
    return url ? databaseKey(*url) : QString();
}

QString historyFile(const QString& key)
{
    return u"%1/history/%2.db"_s.arg(homeFolder(), key);
}

QString importFolder()
{
    const QString chosen = qEnvironmentVariable("QUEUEDECK_IMPORT_FOLDER");
    return chosen.isEmpty() ? homeFolder() + u"/imports"_s : QDir(chosen).absolutePath();
}

QString databaseAddress(const QString& option)
{
    if (!option.isEmpty())
        return option;
    return qEnvironmentVariable(addressVariable().toLatin1().constData());
}

QString addressVariable()
{
    for (const char* variable : {"QUEUEDECK_DATABASE_URL", "DATABASE_URL"}) {
        if (!qEnvironmentVariableIsEmpty(variable))
            return QString::fromLatin1(variable);
    }
    return {};
}

QString maskedAddress(const QString& address)
{
    const auto url = db::DatabaseUrl::parse(address);
    return url ? url->display() : QString();
}

} // namespace queuedeck::service
