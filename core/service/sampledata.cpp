// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sampledata.h"

#include "core/handlers/image_extraction/imagecheck.h"
#include "core/service/samplehandlers.h"
#include "core/service/sessionthreads.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using domain::JobStatus;

namespace {
constexpr int kSampleJobs = 188; // with the 12 cards, 200
constexpr int kLabelJobs = 5;
constexpr quint32 kSeed = 20261123; // the same queue on every computer

struct Kind
{
    QString type;
    QString payload; ///< %1 and %2 are made-up ids
    QStringList errors;
};

const QVector<Kind>& kinds()
{
    static const QVector<Kind> all{
        {u"image_extraction"_s,
         u"{\"scanId\":\"%1\",\"imageUrl\":\"https://cdn.leora.example/t/business_card/%2.jpg\","
         "\"scanType\":\"business_card\"}"_s,
         {base::Sentence::tr("Vision request: timeout after 60 s (attempt 3 of 3)\nPOST "
                             "/v1/messages, 1.9 MB sent, "
                             "0 bytes received"),
          base::Sentence::tr("HTTP 504 Gateway Timeout from the vision API"),
          base::Sentence::tr("Image download: connect timeout (10 s) cdn.leora.example:443")}},
        {u"customer_enrichment"_s,
         u"{\"customerId\":\"%1\",\"productId\":\"%2\"}"_s,
         {base::Sentence::tr("CRM lookup: HTTP 404 for customer %1"),
          base::Sentence::tr("Enrichment: the answer has no field \"segments\"")}},
        {u"report_generation"_s,
         u"{\"report\":\"queue_health\",\"period\":\"last30days\",\"format\":\"pdf\","
         "\"requestedBy\":\"%1\",\"run\":\"%2\"}"_s,
         {base::Sentence::tr("Report: query cancelled after 300 s")}},
        {u"bulk_import"_s,
         u"{\"batchId\":\"%1\",\"fileUrl\":\"https://cdn.leora.example/imports/%2.csv\"}"_s,
         {base::Sentence::tr("Import: line 4,211 has 7 columns, 9 are expected")}},
    };
    return all;
}

void addHistory(domain::JobDetail& detail, QRandomGenerator& random)
{
    const int attempts = *detail.job.attempts;
    QDateTime started = detail.job.createdAt.addMSecs(800 + random.bounded(6000));
    for (int number = 1; number <= attempts; ++number) {
        const bool isLast = number == attempts;
        const QDateTime ended = started.addMSecs(1500 + random.bounded(20'000));
        const bool completed = isLast && detail.job.status == JobStatus::Completed;
        const bool failed = isLast && detail.job.status == JobStatus::Failed;
        detail.history.prepend({number, u"ops-%1"_s.arg(1 + random.bounded(2)), started, ended,
                                completed ? u"completed"_s
                                : failed  ? u"failed"_s
                                          : u"retried"_s,
                                completed ? QString() : detail.job.error});
        if (completed)
            detail.job.completedAt = ended;
        started = ended.addMSecs(15'000 * number + random.bounded(8000));
    }
}

domain::JobDetail sampleJob(int index, const QDateTime& now, QRandomGenerator& random)
{
    const int dice = random.bounded(100);
    const Kind& kind = kinds()[dice < 55 ? 0 : dice < 80 ? 1 : dice < 92 ? 2 : 3];
    // Dense in the last hours, sparser up to a month ago, so that there is something to clean up.
    const double share = double(index) / kSampleJobs;
    const qint64 age = qint64(300'000 + 3'300'000'000.0 * share * share * share * share);
    const QDateTime created = now.addMSecs(-age - random.bounded(60'000));
    const auto uuid = [&] { return domain::newUuid(created.toMSecsSinceEpoch()); };

    domain::JobDetail detail;
    domain::Job& job = detail.job;
    job.id.value = uuid();
    job.type = kind.type;
    job.createdAt = created;
    const QString subject = uuid();
    detail.payload = kind.payload.arg(subject, uuid()).toUtf8();

    // Jobs that this computer can run are finished; others wait for their own processor.
    const bool runsHere = kind.type == "image_extraction"_L1 || kind.type == "bulk_import"_L1;
    const bool waits = !runsHere && share < 0.35;
    const int fate = random.bounded(100);
    QString error = kind.errors[random.bounded(int(kind.errors.size()))];
    if (error.contains("%1"_L1))
        error = error.arg(subject);
    if (waits && fate < 70) {
        job.status = JobStatus::Pending;
        job.attempts = fate < 8 ? 3 : fate < 16 ? 1 : 0;
    } else {
        job.status = fate < 80 ? JobStatus::Completed : JobStatus::Failed;
        job.attempts = job.status == JobStatus::Failed ? 3 : fate < 12 ? 2 : 1;
    }
    if (job.status != JobStatus::Completed && *job.attempts > 0)
        job.error = error;
    job.rawStatus = domain::statusText(job.status);
    addHistory(detail, random);
    return detail;
}

// As the engines that ran them would have noted it.
domain::HistoryBatch historyOf(const QVector<domain::JobDetail>& jobs)
{
    std::map<std::pair<qint64, QString>, domain::HistoryFigures> figures;
    for (const domain::JobDetail& detail : jobs) {
        for (const domain::Attempt& attempt : detail.history) {
            const qint64 minute =
                domain::beginOf(domain::HistoryStep::Minute, attempt.endedAt.toMSecsSinceEpoch());
            domain::HistoryFigures& some = figures[{minute, detail.job.type}];
            ++(attempt.outcome == "completed"_L1 ? some.completed
               : attempt.outcome == "failed"_L1  ? some.failed
                                                 : some.retried);
            some.run.add(std::chrono::milliseconds(attempt.startedAt.msecsTo(attempt.endedAt)));
            if (attempt.number == 1)
                some.wait.add(
                    std::chrono::milliseconds(detail.job.createdAt.msecsTo(attempt.startedAt)));
        }
    }
    domain::HistoryBatch batch{u"sample data"_s, 1, {}};
    for (const auto& [place, some] : figures)
        batch.parts.push_back({place.first, place.second, some});
    return batch;
}

// Of a type of the user's own, so that a job is seen to get on.
base::Status addLabels(store::JobStore& store)
{
    QVector<domain::NewJob> jobs;
    for (int i = 1; i <= kLabelJobs; ++i)
        jobs += {kSampleType, QJsonObject{{u"labels"_s, 20 * i}}};
    const auto added = store.additions.enqueue(jobs, domain::Actor::current());
    return added ? base::Status() : base::Status(added.error());
}

base::Result<int> addCards(store::JobStore& store)
{
    const QDir folder(u":/samples"_s);
    int added = 0;
    for (const QString& name : folder.entryList({u"card-*.png"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray bytes = handlers::withoutExtras(file.readAll());
        const auto checked = handlers::checkImage(bytes);
        if (!checked)
            return domain::errorFor(checked.error());
        const auto scan =
            store.scans.add({domain::ScanType::BusinessCard, bytes, checked->mediaType, name},
                            domain::Actor::current());
        if (!scan)
            return scan.error();
        ++added;
    }
    return added;
}
} // namespace

QFuture<base::Result<int>> addSampleData(Session& session)
{
    return session.m_threads->write(
        [url = session.m_threads->url()](store::JobStore& store) -> base::Result<int> {
            const auto any = store.jobs.count({}, 1);
            if (!any)
                return any.error();
            if (any->count > 0)
                return 0;
            QRandomGenerator random(kSeed);
            QVector<domain::JobDetail> jobs;
            const QDateTime now = base::Clock::system().now();
            for (int i = 0; i < kSampleJobs; ++i)
                jobs.push_back(sampleJob(i, now, random));
            if (const base::Status done = store.additions.import(jobs); !done)
                return done.error();
            if (const base::Status done = store.history.note(historyOf(jobs)); !done)
                return done.error();
            if (const base::Status done = store.history.rollUp(); !done)
                return done.error();
            const auto cards = addCards(store);
            if (!cards)
                return cards.error();
            int labels = 0;
            if (isSampleDatabase(url)) { // elsewhere, nothing runs them
                if (const base::Status done = addLabels(store); !done)
                    return done.error();
                labels = kLabelJobs;
            }
            return int(jobs.size()) + *cards + labels;
        });
}

} // namespace queuedeck::service
