// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/profilestore.h"

#include "core/async/taskthread.h"
#include "core/base/sharedfile.h"
#include "core/db/addresspassword.h"
#include "core/db/databaseurl.h"
#include "core/domain/profilefile.h"
#include "core/service/home.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace queuedeck::service::profilestore {

using base::ErrorKind;
using base::fail;
using base::Sentence;
using base::SharedFile;
using domain::ProfileFile;

namespace {
async::TaskThread& thread()
{
    static async::TaskThread files("qd-profiles");
    return files;
}

base::Result<ProfileFile> parsed(const base::Result<QByteArray>& bytes)
{
    auto read = bytes ? domain::profilesFromJson(*bytes) : base::Result<ProfileFile>(bytes.error());
    if (read) {
        for (domain::Profile& profile : read->profiles)
            profile.address = db::splitAddress(profile.address).address;
    }
    return read;
}

SavedConnections savedFrom(const base::Result<ProfileFile>& read)
{
    if (read)
        return {read->profiles, read->isNewer(), int(read->unreadable.size())};
    SavedConnections none;
    if (read.error().kind != ErrorKind::NotFound)
        none.problem = Sentence::tr("The saved connections in %1 cannot be read: %2. The file is "
                                    "left as it is; when a connection is saved, it is kept under "
                                    "another name.")
                           .arg(file(), read.error().detail);
    return none;
}

enum class Unreadable {
    MovedAside, ///< a person saves something
    LeftAlone,
};

// Blocks.
template <class Change>
base::Result<SavedConnections> change(Unreadable then, Change make)
{
    SavedConnections saved;
    const base::Status done = SharedFile(file()).change(
        [&](const base::Result<QByteArray>& bytes) -> base::Result<SharedFile::Content> {
            auto content = parsed(bytes);
            const bool isUnreadable = !content && content.error().kind != ErrorKind::NotFound;
            if (isUnreadable && then == Unreadable::LeftAlone)
                return content.error();
            if (!content)
                content = ProfileFile{};
            if (content->isNewer())
                return fail(ErrorKind::Denied,
                            Sentence::tr("The connections in %1 were saved by a newer Queuedeck. "
                                         "They can be used, but not changed from here.")
                                .arg(file()));
            if (const base::Status made = make(*content); !made)
                return made.error();
            saved = savedFrom(content);
            return SharedFile::Content{domain::profilesToJson(*content), isUnreadable};
        });
    if (!done)
        return done.error();
    return saved;
}

domain::Profiles without(const domain::Profiles& profiles, const QString& id)
{
    domain::Profiles rest = profiles;
    rest.removeIf([&id](const domain::Profile& one) { return one.id == id; });
    return rest;
}

base::Status put(ProfileFile& content, domain::Profile profile)
{
    if (const Sentence problem =
            domain::nameProblem(profile.rules.name, without(content.profiles, profile.id));
        !problem.isEmpty())
        return fail(ErrorKind::Invalid, problem);
    profile.address = db::splitAddress(profile.address).address;
    if (const auto url = db::DatabaseUrl::parse(profile.address); !url)
        return url.error();
    const auto same =
        std::find_if(content.profiles.begin(), content.profiles.end(),
                     [&](const domain::Profile& one) { return one.id == profile.id; });
    if (same == content.profiles.end()) {
        if (profile.id.isEmpty())
            profile.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        content.profiles += profile;
    } else {
        *same = profile;
    }
    return {};
}
} // namespace

QString file()
{
    return homeFolder() + u"/connections.json"_s;
}

SavedConnections read()
{
    return savedFrom(parsed(SharedFile(file()).read()));
}

QFuture<base::Result<SavedConnections>> readLater()
{
    return thread().run([]() -> base::Result<SavedConnections> { return read(); });
}

QFuture<base::Result<SavedConnections>> save(const domain::Profile& profile)
{
    return thread().run([profile]() -> base::Result<SavedConnections> {
        return change(Unreadable::MovedAside,
                      [&](ProfileFile& content) { return put(content, profile); });
    });
}

QFuture<base::Result<SavedConnections>> add(const domain::Profiles& profiles)
{
    return thread().run([profiles]() -> base::Result<SavedConnections> {
        return change(Unreadable::MovedAside, [&](ProfileFile& content) -> base::Status {
            for (domain::Profile profile : profiles) {
                profile.id.clear();
                profile.rules.name = domain::freeName(profile.rules.name, content.profiles);
                if (const base::Status done = put(content, profile); !done)
                    return done;
            }
            return {};
        });
    });
}

QFuture<base::Result<SavedConnections>> remove(const QString& id)
{
    return thread().run([id]() -> base::Result<SavedConnections> {
        return change(Unreadable::LeftAlone, [&](ProfileFile& content) -> base::Status {
            content.profiles = without(content.profiles, id);
            return {};
        });
    });
}

void used(const QString& id)
{
    thread().run([id]() -> base::Status {
        const auto done = change(Unreadable::LeftAlone, [&](ProfileFile& content) -> base::Status {
            for (domain::Profile& profile : content.profiles) {
                if (profile.id == id)
                    profile.lastUsed = QDateTime::currentDateTimeUtc();
            }
            return {};
        });
        return done ? base::Status() : base::Status(done.error());
    });
}

std::optional<domain::Profile> profileOf(const domain::Profiles& profiles, const QString& address)
{
    const auto plain = [](const QString& text) {
        auto url = db::DatabaseUrl::parse(text);
        if (url)
            url->password.clear();
        return url;
    };
    const auto wanted = plain(address);
    if (!wanted)
        return {};
    std::optional<domain::Profile> found;
    for (const domain::Profile& profile : profiles) {
        const auto url = plain(profile.address);
        if (!url || databaseKey(*url) != databaseKey(*wanted) || url->user != wanted->user ||
            url->table != wanted->table)
            continue;
        // Of several, the one that asks for more care.
        if (!found || profile.rules.environment > found->rules.environment)
            found = profile;
    }
    return found;
}

} // namespace queuedeck::service::profilestore
