// SPDX-License-Identifier: GPL-3.0-or-later
// scan: whose the pictures are, where they go and who reads them.
#include "app/ctl/scanchoices.h"

#include "app/ctl/await.h"
#include "core/service/engineservice.h"
#include "core/service/scanservice.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;

namespace {
bool isKnown(const QVector<domain::ScanOwner>& owners, const QString& wanted)
{
    return std::any_of(owners.begin(), owners.end(), [&wanted](const domain::ScanOwner& owner) {
        return owner.id == wanted || owner.name.compare(wanted, Qt::CaseInsensitive) == 0;
    });
}

/// What was given, else what was remembered as long as that still exists; by id.
base::Result<domain::OwnerChoice> ownerOf(const domain::OwnerChoice& given,
                                          const domain::OwnerChoice& remembered,
                                          const domain::ScanOwners& owners)
{
    domain::OwnerChoice wanted = given;
    if (given.tenant.isEmpty() && isKnown(owners.tenants, remembered.tenant))
        wanted.tenant = remembered.tenant;
    // A tenant that was given may be another one than that of the remembered user.
    if (given.user.isEmpty() && given.tenant.isEmpty() && isKnown(owners.users, remembered.user))
        wanted.user = remembered.user;
    return domain::chosenOwner(owners, wanted);
}
} // namespace

bool isFileFault(const base::Error& error, const QString& file)
{
    return error.kind == ErrorKind::Invalid || error.kind == ErrorKind::NotFound ||
           error.kind == ErrorKind::Unsupported || !QFileInfo(file).isReadable();
}

Done listOwners(service::Session& session, Console& console)
{
    const auto owners = await(session.scans().owners());
    if (!owners)
        return tl::unexpected(Failure(owners.error()));
    const auto print = [&console](const QString& kind, const domain::ScanOwner& owner) {
        if (console.isJson()) {
            QJsonObject json{{u"kind"_s, kind}, {u"id"_s, owner.id}, {u"name"_s, owner.name}};
            if (!owner.tenant.isEmpty())
                json[u"tenant"_s] = owner.tenant;
            return console.json(json);
        }
        console.line(
            u"%1  %2  %3"_s.arg(kind.leftJustified(6), visible(owner.id), visible(owner.name)));
    };
    for (const domain::ScanOwner& tenant : owners->tenants)
        print(u"tenant"_s, tenant);
    for (const domain::ScanOwner& user : owners->users)
        print(u"user"_s, user);
    if (!owners->needsTenant && !owners->needsUser)
        console.note(u"Scans of this database need neither a tenant nor a user."_s);
    return kDone;
}

base::Result<service::UploadChoices> choicesFor(service::Session& session, const Scan& scan)
{
    auto choices = service::UploadChoices::load(session.info());
    if (!choices)
        return choices.error();
    if (!scan.to.isEmpty()) {
        const auto place = domain::UploadPlace::parse(scan.to);
        if (!place)
            return place.error();
        choices->place = *place;
    }
    if (scan.alone)
        choices->othersWork = false;
    // With --wait they are read here, so the choice is this engine's.
    const QString reader = scan.wait ? QString() : scan.pictures.reader.toLower();
    if (reader == "claude"_L1)
        choices->reader = reader;
    else if (reader == "local"_L1 || reader == "offline"_L1)
        choices->reader = u"local"_s;
    session.scans().setChoices(*choices);
    if (const base::Status may = session.scans().mayUploadTo(choices->place); !may)
        return may.error();
    // The application knows by the session whose its scans are.
    if (choices->place.kind != domain::UploadPlace::Kind::Application) {
        const auto owners = await(session.scans().owners());
        if (!owners)
            return owners.error();
        const auto owner = ownerOf(scan.owner, choices->owner, *owners);
        if (!owner)
            return owner.error();
        choices->owner = *owner;
    }
    session.scans().setChoices(*choices);
    return choices;
}

QString hostOf(const domain::UploadPlace& place)
{
    if (place.kind == domain::UploadPlace::Kind::Table ||
        place.kind == domain::UploadPlace::Kind::Application)
        return {};
    const QUrl url(place.publicUrl(u"x"_s));
    const QString host = url.host().contains(u':') ? u'[' + url.host() + u']' : url.host();
    return url.port() < 0 ? host : u"%1:%2"_s.arg(host).arg(url.port());
}

QString readerOf(service::Session& session, const Scan& scan)
{
    using Reader = service::PictureChoices::Reader;
    const auto given = service::readerFromText(scan.pictures.reader);
    const Reader chosen =
        scan.wait ? session.engine().pictures().reader : given.value_or(Reader::ThisComputer);
    if (!scan.wait && !given)
        return {};
    if (chosen == Reader::ThisComputer)
        return u"offline"_s;
    const auto claude = await(session.engine().claude());
    return claude && claude->hasKey ? u"claude"_s : u"offline"_s;
}

} // namespace queuedeck::ctl
