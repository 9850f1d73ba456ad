// SPDX-License-Identifier: GPL-3.0-or-later
// scan: adds pictures of cards, and with --wait reads them here.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "app/endsignals.h"
#include "core/service/comparing.h"
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"
#include "core/service/scanservice.h"

#include <QFileInfo>
#include <QScopeGuard>
#include <QTimer>

#include <algorithm>
#include <set>
#include <utility>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;
using domain::JobStatus;

namespace {
constexpr int kPollMs = 250;
const QString kReadingType = u"image_extraction"_s;

/// One file: uploaded or not, and with --wait what was read from it. Printed once.
struct Item
{
    QString file;
    service::UploadedScan uploaded;
    QString error;
    std::optional<domain::Scan> result;
    QString reader; ///< who reads it: "offline" or "claude"; empty: whoever runs the job decides
};

/// Whether only this file is at fault, so that the others can go on.
bool isFileFault(const base::Error& error, const QString& file)
{
    return error.kind == ErrorKind::Invalid || error.kind == ErrorKind::NotFound ||
           error.kind == ErrorKind::Unsupported || !QFileInfo(file).isReadable();
}

void printItem(Console& console, const Item& item)
{
    // A program that reads along, or kills this one, must have what was done so far.
    const auto flush = qScopeGuard([&console] { console.flush(); });
    const bool isUploaded = !item.uploaded.scan.isEmpty();
    if (console.isJson()) {
        QJsonObject json{{u"file"_s, item.file}};
        if (isUploaded) {
            json[u"scanId"_s] = item.uploaded.scan.value;
            json[u"jobId"_s] = item.uploaded.job.value;
            json[u"reader"_s] =
                item.reader.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(item.reader);
        }
        if (item.result) {
            json[u"status"_s] = item.result->status;
            json[u"extractedData"_s] = item.result->extractedData;
        }
        if (!item.error.isEmpty())
            json[u"error"_s] = item.error;
        console.json(json);
        return;
    }
    if (!item.error.isEmpty()) {
        console.note(u"%1: %2"_s.arg(visible(item.file), visible(item.error)));
    } else if (!item.result) {
        console.line(u"%1: job %2, scan %3"_s.arg(visible(item.file), item.uploaded.job.value,
                                                  item.uploaded.scan.value));
    } else {
        console.line(u"%1: %2"_s.arg(visible(item.file), visible(item.result->status)));
        const QJsonObject& data = item.result->extractedData;
        for (auto field = data.begin(); field != data.end(); ++field)
            console.line(u"    %1  %2"_s.arg(visible(field.key()).leftJustified(18),
                                             visible(field.value().toVariant().toString())));
    }
}

/// Reads the uploaded pictures with an engine of this process, alongside any other that runs, and
/// prints each as soon as it is done.
class Reading
{
public:
    Reading(service::Session& session, Console& console, QVector<Item>& items,
            const app::EndSignals& stop)
        : m_session(session)
        , m_console(console)
        , m_items(items)
        , m_stop(stop)
    {
        for (qsizetype i = 0; i < items.size(); ++i) {
            if (!items[i].uploaded.job.isEmpty())
                m_open.insert(i);
        }
        QObject::connect(&session.engine(), &service::EngineService::progressed, &m_context,
                         [this] { m_hasSettled = true; });
    }

    base::Status run()
    {
        if (m_open.empty())
            return {};
        if (const base::Status asked = putFirst(); !asked)
            return asked;
        while (!m_open.empty() && !m_stop.isAsked()) {
            service::EngineSettings settings;
            settings.types = {kReadingType};
            settings.maxJobs = int(m_open.size());
            settings.untilEmpty = true;
            const auto round = m_session.engine().process(settings, m_stop.token());
            while (!round.isFinished()) {
                pause();
                if (!std::exchange(m_hasSettled, false))
                    continue;
                if (const base::Status looked = lookAtOpen(); !looked)
                    return looked;
            }
            if (const auto report = await(round); !report)
                return report.error();
            if (const base::Status looked = lookAtOpen(); !looked)
                return looked;
            // The rest waits for its next attempt or runs in another engine.
            if (!m_open.empty() && !m_stop.isAsked())
                pause();
        }
        for (const qsizetype i : m_open) {
            m_items[i].error = u"Stopped before it was read. It stays in the queue."_s;
            printItem(m_console, m_items[i]);
        }
        return {};
    }

private:
    /// These pictures come before others that wait, since somebody is watching. If none wait, there
    /// is nothing to change and nothing for the journal.
    base::Status putFirst()
    {
        const auto waiting = domain::JobFilter::parse(u"status:pending type:"_s + kReadingType);
        if (!waiting)
            return base::fail(ErrorKind::Internal, waiting.error().message);
        const auto count = await(m_session.jobs().count(*waiting, qint64(m_open.size())));
        if (!count)
            return count.error();
        if (count->isExact && count->count <= qint64(m_open.size()))
            return {};
        service::Selection selection;
        for (const qsizetype i : m_open)
            selection.ids += m_items[i].uploaded.job;
        selection.scope = u"%1 scanned pictures"_s.arg(selection.ids.size());
        const auto done = await(m_session.jobs().change(domain::JobAction::RunNext, selection));
        return done ? base::Status() : base::Status(done.error());
    }

    base::Status lookAtOpen()
    {
        for (auto open = m_open.begin(); open != m_open.end();) {
            Item& item = m_items[*open];
            const auto isDone = look(item);
            if (!isDone)
                return isDone.error();
            if (*isDone)
                printItem(m_console, item);
            open = *isDone ? m_open.erase(open) : std::next(open);
        }
        return {};
    }

    base::Result<bool> look(Item& item)
    {
        const auto job = await(m_session.jobs().job(item.uploaded.job));
        if (!job && job.error().kind == ErrorKind::NotFound) {
            item.error = u"The job was deleted before it was done."_s;
            return true;
        }
        if (!job)
            return job.error();
        if (job->job.status != JobStatus::Completed && job->job.status != JobStatus::Failed)
            return false;
        const auto scan = await(m_session.scans().scan(item.uploaded.scan));
        if (!scan)
            return scan.error();
        item.result = *scan;
        if (job->job.status == JobStatus::Failed)
            item.error = job->job.error.isEmpty() ? scan->errorMessage : job->job.error;
        return true;
    }

    void pause()
    {
        QEventLoop loop;
        QTimer::singleShot(kPollMs, &loop, &QEventLoop::quit);
        loop.exec();
    }

    service::Session& m_session;
    Console& m_console;
    QVector<Item>& m_items;
    const app::EndSignals& m_stop;
    QObject m_context;          ///< of the connection to the engine
    bool m_hasSettled = false;  ///< a job has settled since the open ones were last checked
    std::set<qsizetype> m_open; ///< indexes of items whose job is not done yet
};
} // namespace

namespace {
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

/// Whose the pictures are and where they go; nothing is uploaded unless that is clear.
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

/// Where pictures of this command are, as a host they may be fetched from: the user has named it.
QString hostOf(const domain::UploadPlace& place)
{
    if (place.kind == domain::UploadPlace::Kind::Table ||
        place.kind == domain::UploadPlace::Kind::Application)
        return {};
    const QUrl url(place.publicUrl(u"x"_s));
    const QString host = url.host().contains(u':') ? u'[' + url.host() + u']' : url.host();
    return url.port() < 0 ? host : u"%1:%2"_s.arg(host).arg(url.port());
}

/// "offline" or "claude", as far as that is certain.
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

QString shown(const QJsonObject& fields, const QString& name)
{
    return visible(fields[name].toVariant().toString());
}

void printComparison(Console& console, const QString& file, const service::Comparison& both)
{
    if (console.isJson()) {
        const auto json = [](const service::Reading& reading) {
            return reading.problem.isEmpty() ? QJsonObject{{u"extractedData"_s, reading.fields}}
                                             : QJsonObject{{u"error"_s, reading.problem}};
        };
        return console.json(
            {{u"file"_s, file}, {u"offline"_s, json(both.here)}, {u"claude"_s, json(both.claude)}});
    }
    console.line(visible(file));
    for (const auto& [who, reading] :
         {std::pair{u"This computer"_s, both.here}, std::pair{u"Claude"_s, both.claude}}) {
        if (!reading.problem.isEmpty())
            console.line(u"    %1 read nothing: %2"_s.arg(who, visible(reading.problem)));
    }
    constexpr int kWidth = 36;
    if (both.here.fields.isEmpty() && both.claude.fields.isEmpty())
        return;
    console.line(u"      %1%2%3"_s.arg(QString(18, u' '), u"this computer"_s.leftJustified(kWidth),
                                       u"Claude"_s));
    for (const QString& name : domain::scanFields(both.type) + QStringList{u"confidence"_s}) {
        const QString here = shown(both.here.fields, name);
        const QString claude = shown(both.claude.fields, name);
        if (!here.isEmpty() || !claude.isEmpty())
            console.line(u"    %1 %2%3%4"_s.arg(here == claude ? u" "_s : u"≠"_s,
                                                name.leftJustified(18),
                                                here.leftJustified(kWidth - 1) + u' ', claude));
    }
}

/// Needs no database and writes to none.
Done compare(Console& console, const Scan& scan)
{
    service::Comparing comparing;
    const app::EndSignals stop;
    bool isAllWell = true;
    for (const QString& file : scan.files) {
        const auto both = await(comparing.file(file, scan.type, stop.token()));
        if (both) {
            printComparison(console, file, *both);
            isAllWell = isAllWell && both->here.problem.isEmpty() && both->claude.problem.isEmpty();
        } else if (isFileFault(both.error(), file)) {
            if (console.isJson())
                console.json({{u"file"_s, file}, {u"error"_s, both.error().detail}});
            else
                console.note(u"%1: %2"_s.arg(visible(file), visible(both.error().detail)));
            isAllWell = false;
        } else {
            return tl::unexpected(Failure(both.error()));
        }
        console.flush();
    }
    return isAllWell ? kDone : kWorkFailed;
}

/// Jobs whose pictures are not read here would be waited for without a word.
void noteLeft(service::Session& session, Console& console, const QVector<Item>& items)
{
    const domain::PictureReach reach = session.engine().pictureReach();
    const auto left = std::count_if(items.begin(), items.end(), [&reach](const Item& item) {
        return !item.uploaded.imageUrl.isEmpty() && !reach.covers(item.uploaded.imageUrl);
    });
    if (left > 0)
        console.note(u"%L1 of these pictures are left to the other processor of this table, and "
                     "waited for. --fetch-pictures yes reads them here."_s.arg(left));
}
} // namespace

Done run(Context& context, const Scan& scan)
{
    if (scan.compare)
        return compare(context.console, scan);
    const auto session = openSession(context, Access::Change);
    if (!session)
        return tl::unexpected(session.error());
    if (scan.wait && !(*session)->engine().handledTypes().contains(kReadingType))
        return tl::unexpected(Failure(
            base::fail(ErrorKind::Unsupported,
                       base::Sentence::tr("This program has no handler that reads pictures."))));
    if (scan.listOwners)
        return listOwners(**session, context.console);
    const auto choices = choicesFor(**session, scan);
    if (!choices)
        return tl::unexpected(Failure(choices.error()));
    if (scan.wait) {
        Pictures pictures = scan.pictures;
        if (const QString host = hostOf(choices->place); !host.isEmpty())
            pictures.hosts += host;
        if (const base::Status chosen = choosePictures(**session, context.console, pictures);
            !chosen)
            return tl::unexpected(Failure(chosen.error()));
    }
    const QString reader = readerOf(**session, scan);
    std::optional<app::EndSignals> stop;
    if (scan.wait)
        stop.emplace();

    QVector<Item> items;
    for (const QString& file : scan.files) {
        Item item{file, {}, {}, {}, reader};
        if (stop && stop->isAsked()) {
            item.error = u"Stopped before it was added."_s;
        } else {
            const auto uploaded = await((*session)->scans().upload(file, scan.type));
            if (uploaded)
                item.uploaded = *uploaded;
            else if (isFileFault(uploaded.error(), file))
                item.error = uploaded.error().detail;
            else
                return tl::unexpected(Failure(uploaded.error()));
        }
        if (!scan.wait || !item.error.isEmpty() || item.uploaded.job.isEmpty())
            printItem(context.console, item);
        items += item;
    }
    const bool isAnyUploaded = std::any_of(items.cbegin(), items.cend(), [](const Item& item) {
        return !item.uploaded.scan.isEmpty();
    });
    const bool isChosenHere =
        !scan.to.isEmpty() || !scan.owner.tenant.isEmpty() || !scan.owner.user.isEmpty();
    if (isAnyUploaded && isChosenHere)
        choices->save((*session)->info());
    if (scan.wait) {
        noteLeft(**session, context.console, items);
        const base::Status read = Reading(**session, context.console, items, *stop).run();
        if (!read)
            return tl::unexpected(Failure(read.error()));
        noteReader(**session, context.console);
    }
    const bool isAllWell = std::all_of(items.cbegin(), items.cend(),
                                       [](const Item& item) { return item.error.isEmpty(); });
    return isAllWell ? kDone : kWorkFailed;
}

} // namespace queuedeck::ctl
