// SPDX-License-Identifier: GPL-3.0-or-later
// scan: adds pictures of cards, and with --wait reads them here.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "app/ctl/scanchoices.h"
#include "app/endsignals.h"
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
        domain::JobIds ids;
        for (const qsizetype i : m_open)
            ids += m_items[i].uploaded.job;
        selection.jobs = ids;
        selection.scope = u"%1 scanned pictures"_s.arg(ids.size());
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
        return compareReaders(context.console, scan);
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
