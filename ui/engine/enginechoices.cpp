// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/enginechoices.h"

#include <QSettings>

#include <thread>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
const QString kConcurrency = u"concurrency"_s;
const QString kRound = u"round"_s;
const QString kTypes = u"types"_s;
const QString kInOrder = u"inOrder"_s;
const QString kOthersWork = u"othersWork"_s;
const QString kStopAfterFailures = u"stopAfterFailures"_s;
const QString kReader = u"reader"_s;
const QString kFetchPictures = u"fetchPictures"_s;
const QString kPictureHosts = u"pictureHosts"_s;

// A queue of one's own may be run to the end; on another application's table, failures in a row are
// a warning.
int usualStop(const service::SessionInfo& database)
{
    return database.mode == domain::QueueMode::Own ? 0 : 5;
}

int usualConcurrency()
{
    return std::clamp(int(std::thread::hardware_concurrency()), 1, 4);
}
} // namespace

EngineChoices EngineChoices::load(const service::SessionInfo& database)
{
    QSettings settings;
    settings.beginGroup(database.settingsGroup());
    EngineChoices choices;
    choices.engine.concurrency =
        std::clamp(settings.value(kConcurrency, usualConcurrency()).toInt(), 1, 64);
    choices.round = std::clamp(settings.value(kRound, choices.round).toInt(), 1, 1000);
    choices.engine.types = settings.value(kTypes).toStringList();
    choices.engine.inOrder = settings.value(kInOrder).toBool();
    if (settings.contains(kOthersWork))
        choices.engine.othersWork = settings.value(kOthersWork).toBool();
    choices.engine.stopAfterFailures = std::clamp(
        settings.value(kStopAfterFailures, usualStop(database)).toInt(), 0, kMostFailures);
    choices.pictures =
        service::PictureChoices::fromEnvironment().value_or(service::PictureChoices());
    choices.pictures.reader = service::readerFromText(settings.value(kReader).toString())
                                  .value_or(choices.pictures.reader);
    if (settings.contains(kFetchPictures))
        choices.pictures.fetch = settings.value(kFetchPictures).toBool();
    if (settings.contains(kPictureHosts))
        choices.pictures.hosts =
            service::pictureHosts(settings.value(kPictureHosts).toStringList().join(u','))
                .value_or(QStringList());
    return choices;
}

void EngineChoices::save(const service::SessionInfo& database) const
{
    QSettings settings;
    settings.beginGroup(database.settingsGroup());
    settings.setValue(kConcurrency, engine.concurrency);
    settings.setValue(kRound, round);
    settings.setValue(kTypes, engine.types);
    settings.setValue(kInOrder, engine.inOrder);
    settings.setValue(kStopAfterFailures, engine.stopAfterFailures);
    if (engine.othersWork)
        settings.setValue(kOthersWork, *engine.othersWork);
    if (pictures.fetch) { // chosen in the dialog, like the others
        const bool isClaude = pictures.reader == service::PictureChoices::Reader::Claude;
        settings.setValue(kReader, isClaude ? u"claude"_s : u"local"_s);
        settings.setValue(kFetchPictures, *pictures.fetch);
        settings.setValue(kPictureHosts, pictures.hosts);
    }
}

} // namespace queuedeck::ui
