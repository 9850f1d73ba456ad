// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/history.h"
#include "core/store/jobstore.h"

#include <QHash>

#include <mutex>

namespace queuedeck::engine {

/// What the attempts of one engine came to since it was last noted in the history: added in memory
/// as results are settled, so that the statement that settles does nothing for it, and written by
/// HistoryKeeper every second. An engine that is killed loses that second. Thread-safe.
class AttemptTally
{
public:
    /// Adds attempts that were settled together, under the lock that it holds.
    class Adding
    {
    public:
        void add(const store::Settlement& settlement, const store::ClaimedJob& job,
                 std::chrono::nanoseconds ran);

    private:
        friend class AttemptTally;
        Adding(AttemptTally& tally, qint64 minute);

        std::unique_lock<std::mutex> m_lock;
        QHash<QString, domain::HistoryFigures>& m_minute;
        QString m_type; ///< of the last one, and its figures
        domain::HistoryFigures* m_figures = nullptr;
    };

    /// `now`: when they were settled.
    Adding adding(const QDateTime& now);

    bool hasAny(); ///< that has not been noted yet
    /// What has not been noted yet; the same again until `noted`. Without parts if there is none.
    domain::HistoryBatch take(const QString& engine);
    /// This batch is in the database.
    void noted(qint64 number);
    /// It could not be written; whether that was not so before, or for another reason.
    bool isNews(const QString& problem);

private:
    std::mutex m_mutex;
    std::map<qint64, QHash<QString, domain::HistoryFigures>> m_minutes;
    domain::HistoryBatch m_taken;
    qint64 m_number = 0;
    QString m_problem; ///< why the last one could not be written
};

/// Writes it to the history. What cannot be written is kept for the next call.
void noteAttempts(store::JobStore& store, const QString& engine, AttemptTally& tally);

} // namespace queuedeck::engine
