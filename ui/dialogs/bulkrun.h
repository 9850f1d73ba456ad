// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/jobservice.h"

#include <QWidget>

class QProgressBar;

namespace queuedeck::ui {

class Label;

/// A change in batches while it runs: how far it is, as bar and words, and the way to stop it
/// between two batches.
class BulkRun : public QWidget
{
    Q_OBJECT

public:
    using Question = std::function<QFuture<base::Result<domain::Outcome>>(
        const service::ChangeOptions& options)>;

    explicit BulkRun(QWidget* parent = nullptr);

    /// Asks `question` with options that report here; finished() follows. Once at a time.
    void start(const Question& question);
    bool isRunning() const { return m_isRunning; }
    void stopHere();

signals:
    void finished(const queuedeck::base::Result<queuedeck::domain::Outcome>& outcome);

private:
    void show(qint64 done, qint64 total);

    QProgressBar* m_bar;
    Label* m_words;
    std::stop_source m_stop;
    bool m_isRunning = false;
};

} // namespace queuedeck::ui
