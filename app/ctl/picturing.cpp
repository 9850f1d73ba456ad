// SPDX-License-Identifier: GPL-3.0-or-later
// What commands that run jobs do with their pictures.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

namespace {
QString withoutStop(const QString& sentence)
{
    return sentence.endsWith(u'.') ? sentence.chopped(1) : sentence;
}
} // namespace

base::Status choosePictures(service::Session& session, Console& console, const Pictures& given)
{
    auto choices = service::PictureChoices::fromEnvironment();
    if (!choices)
        return choices.error();
    choices->reader = service::readerFromText(given.reader).value_or(choices->reader);
    if (!given.fetch.isEmpty())
        choices->fetch = given.fetch == "yes"_L1;
    const auto hosts = service::pictureHosts(given.hosts.join(u','));
    if (!hosts)
        return base::fail(base::ErrorKind::Invalid,
                          base::Sentence::tr("--allow-picture-host: ") + hosts.error().detail);
    choices->hosts += *hosts;
    session.setPictures(*choices);
    if (choices->reader != service::PictureChoices::Reader::Claude)
        return {};
    const auto claude = await(session.engine().claude());
    if (!claude)
        return claude.error();
    if (!claude->hasKey)
        console.note(u"There is no key for Claude (%1), so pictures are read on this computer. "
                     "Put one into ANTHROPIC_API_KEY, or `queuedeckctl key store --claude`."_s.arg(
                         withoutStop(claude->key)));
    return {};
}

void noteReader(service::Session& session, Console& console)
{
    if (session.engine().pictures().reader != service::PictureChoices::Reader::Claude)
        return;
    const auto claude = await(session.engine().claude());
    if (!claude || !claude->hasKey)
        return;
    if (!claude->trouble.isEmpty())
        console.note(u"Pictures wait for Claude: "_s + visible(claude->trouble));
    console.note(u"Claude (%1): %L2 of %L3 tokens today."_s.arg(visible(claude->model))
                     .arg(claude->tokensToday)
                     .arg(claude->tokensPerDay));
}

void noteUnread(service::Session& session, Console& console)
{
    const QString type = u"image_extraction"_s;
    const auto pending = domain::JobFilter::parse(u"status:pending -is:dead type:"_s + type);
    constexpr qint64 kEnough = 100'000;
    const auto all = pending ? await(session.jobs().count(*pending, kEnough))
                             : base::Result<domain::MatchCount>(base::Error());
    if (!all || all->count == 0)
        return;
    service::EngineSettings settings;
    settings.types = {type};
    const auto readable = await(session.engine().preflight(settings));
    const qint64 left = readable ? all->count - readable->waiting() : 0;
    if (left <= 0)
        return;
    const QString advice = session.engine().pictureReach() == domain::PictureReach()
                               ? u"--fetch-pictures yes fetches those on the web."_s
                               : u"They are not at https addresses; --allow-picture-host HOST "
                                 "allows a host."_s;
    console.note(
        left == 1
            ? u"1 job of %1 stays pending: its picture is not read here. %2"_s.arg(type, advice)
            : u"%L1 jobs of %2 stay pending: their pictures are not read here. %3"_s.arg(left).arg(
                  type, advice));
}

} // namespace queuedeck::ctl
