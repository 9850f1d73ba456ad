// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/profilefile.h"

#include "core/base/versionedlist.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
constexpr qsizetype kMostProfiles = 2'000;
constexpr int kLongestInterval = 3600;
constexpr int kLongestAskAgain = 24 * 60;

QString textOf(const QJsonObject& entry, const QString& key)
{
    return entry[key].toString();
}

int numberOf(const QJsonObject& entry, const QString& key, int most)
{
    const double value = entry[key].toDouble();
    return value >= 0 && value <= most && value == int(value) ? int(value) : 0;
}

std::optional<Profile> profileFrom(const QJsonValue& value)
{
    const QJsonObject entry = value.toObject();
    Profile profile;
    profile.rules.name = textOf(entry, u"name"_s);
    profile.address = textOf(entry, u"address"_s);
    if (!nameProblem(profile.rules.name, {}).isEmpty() || profile.address.trimmed().isEmpty())
        return {};
    profile.id = textOf(entry, u"id"_s);
    if (profile.id.isEmpty())
        profile.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    // A word that is not known may ask for more care than is known here.
    const QString environment = textOf(entry, u"environment"_s);
    const QString safety = textOf(entry, u"safety"_s);
    profile.rules.environment =
        environmentFrom(environment)
            .value_or(environment.isEmpty() ? Environment::Local : Environment::Production);
    profile.rules.safety =
        safetyFrom(safety).value_or(safety.isEmpty() ? Safety::Confirm : Safety::ReadOnly);
    profile.rules.askAgainAfter =
        std::chrono::minutes(numberOf(entry, u"askAgainAfterMinutes"_s, kLongestAskAgain));
    profile.page = textOf(entry, u"page"_s);
    profile.interval = numberOf(entry, u"intervalSeconds"_s, kLongestInterval);
    profile.lastUsed = QDateTime::fromString(textOf(entry, u"lastUsed"_s), Qt::ISODate).toUTC();
    profile.more = entry;
    for (const char* known : {"id", "name", "address", "environment", "safety",
                              "askAgainAfterMinutes", "page", "intervalSeconds", "lastUsed"})
        profile.more.remove(QLatin1StringView(known));
    return profile;
}

QJsonObject entryOf(const Profile& profile)
{
    QJsonObject entry = profile.more;
    entry[u"id"_s] = profile.id;
    entry[u"name"_s] = profile.rules.name;
    entry[u"address"_s] = profile.address;
    entry[u"environment"_s] = environmentText(profile.rules.environment);
    entry[u"safety"_s] = safetyText(profile.rules.safety);
    if (profile.rules.askAgainAfter.count() > 0)
        entry[u"askAgainAfterMinutes"_s] = int(profile.rules.askAgainAfter.count());
    if (!profile.page.isEmpty())
        entry[u"page"_s] = profile.page;
    if (profile.interval > 0)
        entry[u"intervalSeconds"_s] = profile.interval;
    if (profile.lastUsed.isValid())
        entry[u"lastUsed"_s] = profile.lastUsed.toUTC().toString(Qt::ISODate);
    return entry;
}
} // namespace

base::Result<ProfileFile> profilesFromJson(const QByteArray& bytes)
{
    const auto list = base::versionedListFrom(bytes, u"connections"_s, kMostProfiles);
    if (!list)
        return list.error();
    ProfileFile file;
    file.version = list->version;
    file.more = list->more;
    for (const QJsonValue& value : list->entries) {
        if (auto profile = profileFrom(value))
            file.profiles += *profile;
        else
            file.unreadable += value;
    }
    return file;
}

QByteArray profilesToJson(const ProfileFile& file)
{
    base::VersionedList list{std::max(file.version, ProfileFile::kVersion), {}, file.more};
    for (const Profile& profile : file.profiles)
        list.entries += entryOf(profile);
    for (const QJsonValue& value : file.unreadable)
        list.entries += value;
    return base::versionedListJson(list, u"connections"_s);
}

} // namespace queuedeck::domain
