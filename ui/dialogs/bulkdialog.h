// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outcome.h"
#include "core/service/changecontrol.h"
#include "core/service/jobservice.h"

#include <QDialog>
#include <QTimer>

#include <memory>
#include <mutex>
#include <stop_token>

class QPushButton;
class QVBoxLayout;

namespace queuedeck::ui {

class ChangeProgress;
class Label;
class NameGate;
class Strip;

/// The base of the dialogs that change many jobs: band, content, a foot that says nothing has been
/// changed yet, and the safe button, which has the focus. Carries out the change with progress,
/// Pause and Stop Here, and stays open with the reason if it fails. Window-modal through open();
/// closed while the change goes on, it is only put aside: see ChangesAside.
class BulkDialog : public QDialog
{
    Q_OBJECT

public:
    /// About the database of the window `parent` is in: see placeOf.
    explicit BulkDialog(QWidget* parent);
    ~BulkDialog() override;

    bool isRunning() const { return m_isRunning; }
    const domain::ChangeStep& step() const { return m_step; }
    /// Ends the change after its batch; carriedOut() says what was done.
    void stopHere();
    /// While running, it is put aside and the change goes on.
    void reject() override;

Q_SIGNALS:
    void carriedOut(const queuedeck::domain::Outcome& outcome);
    void putAside();
    void moved(); ///< see step()

protected:
    QVBoxLayout* content() const { return m_content; }
    void setButtons(const QString& safe, bool isDanger);
    /// Until the count is known the button reads "Counting…" and is off.
    void setCounting();
    void setGo(const QString& text, bool isEnabled);
    /// For few rows: where the place asks for the connection's name, it is not asked for here.
    void waiveName();
    /// What is deleted along with the jobs, shown beforehand; hidden if there is nothing.
    void showLost(const base::Sentences& lost);
    bool hasUndo() const { return m_hasUndo; }
    void showError(const base::Error& error);
    void clearError();
    /// Requested when the dialog is closed, or asks anew.
    std::stop_token stopToken();
    service::ChangeOptions begin(const domain::ChangePlan& plan = {});
    void follow(const QFuture<base::Result<domain::Outcome>>& change);
    /// The user has agreed: call begin() and follow().
    virtual void go() = 0;

    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    /// The newest step, from the thread that carries it out.
    struct Seen
    {
        std::mutex mutex;
        domain::ChangeStep step;
    };

    void showStep();
    void decide();
    void setPaused(bool isPaused);
    void end();

    QWidget* m_body;
    QVBoxLayout* m_content;
    Strip* m_lost;
    Strip* m_error;
    ChangeProgress* m_bar;
    Label* m_foot;
    QPushButton* m_safe;
    QPushButton* m_go;
    QPushButton* m_pause;
    QPushButton* m_decide; ///< what a person may decide now
    QPushButton* m_stopHere;
    QPushButton* m_close;
    NameGate* m_gate;
    std::stop_source m_stop;
    std::shared_ptr<service::ChangeControl> m_control;
    std::shared_ptr<Seen> m_seen;
    domain::ChangePlan m_plan;
    domain::ChangeStep m_step;
    QTimer m_stepTimer;
    bool m_hasUndo = true;
    bool m_isRunning = false;
};

} // namespace queuedeck::ui
