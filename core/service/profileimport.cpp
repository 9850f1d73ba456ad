// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/profileimport.h"

#include "core/async/deliver.h"
#include "core/async/taskthread.h"
#include "core/base/privatefiles.h"
#include "core/db/addresspassword.h"
#include "core/db/databaseurl.h"
#include "core/domain/envfile.h"
#include "core/domain/profilefile.h"
#include "core/domain/servicefile.h"
#include "core/service/encryption.h"
#include "core/service/profilestore.h"
#include "core/service/storedpassword.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr qint64 kLargestFile = 4 * 1024 * 1024;

async::TaskThread& thread()
{
    static async::TaskThread files("qd-imports");
    return files;
}

// "DATABASE_URL" says nothing about which database it is; "STAGING_DATABASE_URL" does.
QString nameFor(const QString& variable, const db::DatabaseUrl& url)
{
    static const QRegularExpression usual(
        u"^(?:QUEUEDECK_)?(?:DATABASE|POSTGRES|POSTGRESQL|DB|PG|DIRECT)_?(?:URL|URI)?$"_s);
    static const QRegularExpression end(u"_?(?:DATABASE|POSTGRES|POSTGRESQL|DB)?_?(?:URL|URI)$"_s);
    QString name = variable;
    name.remove(end);
    if (usual.match(variable).hasMatch() || name.isEmpty())
        return url.name();
    return name.toLower().replace(u'_', u'-');
}

bool looksLikeAddress(const domain::EnvVariable& variable)
{
    static const QRegularExpression start(
        u"^(?:jdbc:)?(?:postgres(?:ql)?(?:\\+[a-z0-9_]+)?://|sqlite:|file:)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return start.match(variable.value).hasMatch();
}

FoundConnections fromEnvFile(const QString& text, const QString& folder)
{
    FoundConnections found;
    for (const domain::EnvVariable& variable : domain::parseEnvFile(text)) {
        if (!looksLikeAddress(variable))
            continue;
        const QString from = Sentence::tr("%1 in line %2").arg(variable.name, variable.line);
        if (!variable.isWhole) {
            found.problems +=
                Sentence::tr("%1 refers to a variable that the file does not set.").arg(from);
            continue;
        }
        QString address = variable.value;
        // A relative path in the file is meant from where the file is.
        static const QRegularExpression relative(u"^((?:file|sqlite):)(\\.{0,2}/?[^/:][^:]*)$"_s);
        if (const auto match = relative.match(address); match.hasMatch())
            address = match.captured(1) + QDir(folder).absoluteFilePath(match.captured(2));
        auto connection = connectionFrom(address);
        if (!connection) {
            found.problems += Sentence::tr("%1: %2").arg(from, connection.error().detail);
            continue;
        }
        if (const auto url = db::DatabaseUrl::parse(address))
            connection->profile.rules.name = nameFor(variable.name, *url);
        connection->from = from;
        found.all += *connection;
    }
    return found;
}

FoundConnections fromServiceFile(const QString& text)
{
    FoundConnections found;
    for (const domain::PgService& service : domain::parseServiceFile(text)) {
        auto connection = connectionFrom(service.keywords(), service.name);
        if (!connection) {
            found.problems += Sentence::tr("[%1] in line %2: %3")
                                  .arg(service.name, service.line, connection.error().detail);
            continue;
        }
        connection->from = Sentence::tr("[%1] in line %2").arg(service.name, service.line);
        found.all += *connection;
    }
    return found;
}

base::Result<FoundConnections> fromExport(const QByteArray& bytes)
{
    const auto file = domain::profilesFromJson(bytes);
    if (!file)
        return file.error();
    FoundConnections found;
    for (domain::Profile profile : file->profiles) {
        const auto parts = db::splitAddress(profile.address);
        profile.address = parts.address;
        profile.id.clear();
        profile.lastUsed = {};
        profile.more = {};
        found.all += {profile, base::Secret(parts.password.toUtf8()), profile.rules.name};
    }
    if (!file->unreadable.isEmpty())
        found.problems += Sentence::tr("%1 entries are not understood and left out.")
                              .arg(file->unreadable.size());
    if (file->isNewer())
        found.problems +=
            Sentence::tr("The file is from a newer Queuedeck; what is not known here is left out.");
    return found;
}

base::Result<FoundConnections> find(const QString& path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Denied,
                    Sentence::tr("The file %1 cannot be read: %2.").arg(path, file.errorString()));
    if (file.size() > kLargestFile)
        return fail(ErrorKind::Invalid,
                    Sentence::tr("The file %1 is too large to hold connections.").arg(path));
    const QByteArray bytes = file.read(kLargestFile);
    const QString text = QString::fromUtf8(bytes);
    FoundConnections found;
    if (bytes.trimmed().startsWith('{')) {
        auto exported = fromExport(bytes);
        if (!exported)
            return fail(ErrorKind::Invalid, Sentence::tr("The file %1 holds no connections: %2.")
                                                .arg(path, exported.error().detail));
        found = *exported;
    } else {
        static const QRegularExpression section(u"^\\s*\\[[^\\]]+\\]\\s*$"_s,
                                                QRegularExpression::MultilineOption);
        found = section.match(text).hasMatch() ? fromServiceFile(text)
                                               : fromEnvFile(text, QFileInfo(path).absolutePath());
    }
    if (found.all.isEmpty() && found.problems.isEmpty())
        return fail(ErrorKind::Invalid,
                    Sentence::tr("The file %1 names no database. An .env file with DATABASE_URL, a "
                                 "pg_service.conf or an export of Queuedeck's can be imported.")
                        .arg(path));
    return found;
}
} // namespace

base::Result<FoundConnection> connectionFrom(const QString& address, const QString& name)
{
    const auto url = db::DatabaseUrl::parse(address);
    if (!url)
        return url.error();
    const auto parts = db::splitAddress(address);
    FoundConnection found;
    found.profile.address = withUsualEncryption(parts.address);
    found.profile.rules.name = name.isEmpty() ? url->name() : name;
    found.password = base::Secret(url->password.toUtf8());
    return found;
}

QFuture<base::Result<FoundConnections>> findConnections(const QString& path)
{
    return thread().run([path] { return find(path); });
}

QFuture<base::Result<int>> importConnections(const FoundConnections& found)
{
    return thread().run([found]() -> base::Result<int> {
        domain::Profiles profiles;
        for (const FoundConnection& one : found.all)
            profiles += one.profile;
        auto saving = profilestore::add(profiles);
        saving.waitForFinished();
        if (const auto saved = async::resultOf(saving); !saved)
            return saved.error();
        for (const FoundConnection& one : found.all) {
            auto url = db::DatabaseUrl::parse(one.profile.address);
            if (!url || one.password.isEmpty())
                continue;
            url->password = QString::fromUtf8(one.password.reveal());
            keepPassword(*url);
        }
        return int(profiles.size());
    });
}

QFuture<base::Result<int>> exportConnections(const domain::Profiles& profiles, const QString& path)
{
    return thread().run([profiles, path]() -> base::Result<int> {
        domain::ProfileFile content;
        for (domain::Profile profile : profiles) {
            profile.address = db::splitAddress(profile.address).address;
            profile.lastUsed = {};
            profile.more = {}; // whatever a hand or another program put there
            content.profiles += profile;
        }
        QSaveFile to(path);
        const QByteArray bytes = domain::profilesToJson(content);
        if (!to.open(QIODevice::WriteOnly) || !to.setPermissions(base::kPrivateFile) ||
            to.write(bytes) != bytes.size() || !to.commit())
            return fail(ErrorKind::Denied,
                        Sentence::tr("The file %1 cannot be written: %2. Nothing was changed.")
                            .arg(path, to.errorString()));
        return int(content.profiles.size());
    });
}

} // namespace queuedeck::service
