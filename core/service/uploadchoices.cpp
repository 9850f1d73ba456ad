// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/uploadchoices.h"

#include "core/base/privatefiles.h"
#include "core/service/session.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using domain::UploadPlace;

namespace {
const QString kTenant = u"tenant"_s;
const QString kUser = u"user"_s;
const QString kPlace = u"uploadTo"_s;
constexpr const char* kPlaceVariable = "QUEUEDECK_UPLOAD_TO";
} // namespace

base::Result<UploadChoices> UploadChoices::load(const SessionInfo& database)
{
    UploadChoices choices;
    QSettings settings;
    settings.beginGroup(database.settingsGroup());
    choices.owner = {settings.value(kTenant).toString(), settings.value(kUser).toString()};
    const QString named = qEnvironmentVariable(kPlaceVariable).trimmed();
    if (!named.isEmpty()) {
        const auto place = UploadPlace::parse(named);
        if (!place)
            return base::fail(place.error().kind,
                              base::Sentence::tr("%1: %2").arg(QLatin1String(kPlaceVariable),
                                                               place.error().detail));
        choices.place = *place;
    } else if (const QString kept = settings.value(kPlace).toString(); !kept.isEmpty()) {
        choices.place = UploadPlace::parse(kept).value_or(UploadPlace());
    }
    return choices;
}

void UploadChoices::save(const SessionInfo& database) const
{
    QSettings settings;
    if (!base::makePrivateFile(settings.fileName()))
        return; // it is only remembered for convenience
    settings.beginGroup(database.settingsGroup());
    settings.setValue(kTenant, owner.tenant);
    settings.setValue(kUser, owner.user);
    settings.setValue(kPlace, place.text());
}

} // namespace queuedeck::service
