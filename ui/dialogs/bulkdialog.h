// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outcome.h"
#include "core/service/jobservice.h"
#include "ui/notice/outcometext.h"
#include "ui/widgets/icon.h"

#include <QDialog>
#include <QFuture>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>

class QProgressBar;
class QVBoxLayout;

namespace queuedeck::ui {

class Label;
class Strip;

/// The frame of every question about many jobs: a title, a body, what has (not) been done at the
/// foot, a safe button with the focus and one that does it. It carries the change out itself, with
/// progress and "Stop Here", and keeps an error until it is read. Opened with open().
class BulkDialog : public QDialog
{
    Q_OBJECT

public:
    using Work =
        std::function<QFuture<base::Result<domain::Outcome>>(const service::ChangeOptions&)>;

    BulkDialog(Deed deed, const QString& title, const QString& question, QWidget* parent);
    ~BulkDialog() override;

    QPushButton* safeButton() const { return m_safe; }
    QPushButton* doButton() const { return m_do; }
    QString footText() const;
    QString errorText() const; ///< empty when nothing is the matter

    void reject() override;

Q_SIGNALS:
    /// Something was done, all of it or up to a stop.
    void carriedOut(queuedeck::ui::Deed deed, const queuedeck::domain::Outcome& outcome);

protected:
    QVBoxLayout* body() const { return m_body; }
    void setQuestion(const QString& question);
    void setButtons(const QString& safe, const QString& doIt, Icon icon, bool isDanger);
    void setDoText(const QString& text, bool isEnabled);
    void setFoot(const QString& text);
    void showError(const base::Error& error);
    void clearError();
    bool isRunning() const { return m_isRunning; }
    /// Starts the change; `total` is what is expected.
    void run(const Work& work, qint64 total);
    /// The do-button was pressed.
    virtual void proceed() = 0;
    /// "4,500 of 12,428 re-queued."
    QString progressText(qint64 done, qint64 total) const;

private:
    struct Progress
    {
        std::atomic<qint64> done = 0;
        std::atomic<qint64> total = 0;
    };

    void tick();
    void ended(const base::Result<domain::Outcome>& outcome);

    const Deed m_deed;
    Label* m_question;
    QWidget* m_bodyWidget;
    QVBoxLayout* m_body;
    Strip* m_error;
    QProgressBar* m_bar;
    Label* m_foot;
    QPushButton* m_safe;
    QPushButton* m_do;
    std::shared_ptr<Progress> m_progress;
    std::stop_source m_stop;
    QTimer m_timer;
    qint64 m_total = 0;
    bool m_isRunning = false;
    bool m_isOver = false;
};

} // namespace queuedeck::ui
