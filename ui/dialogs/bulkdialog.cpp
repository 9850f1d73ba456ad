// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/bulkdialog.h"

#include "core/async/deliver.h"
#include "ui/dialogs/changeprogress.h"
#include "ui/notice/errortext.h"
#include "ui/notice/outcometext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialogband.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/namegate.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/windowplace.h"

#include <QBoxLayout>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

BulkDialog::BulkDialog(QWidget* parent)
    : QDialog(parent)
    , m_body(new QWidget(this))
    , m_content(new QVBoxLayout(m_body))
    , m_lost(new Strip(this))
    , m_error(new Strip(this))
    , m_bar(new ChangeProgress(this))
    , m_foot(new Label(tr("Nothing has been changed yet."), TextRole::Small, Color::Muted))
    , m_safe(makeButton({}, this))
    , m_go(makeButton({}, this, ButtonRole::Primary))
    , m_pause(makeButton(Icon::Pause, tr("Pause"), this))
    , m_decide(makeButton({}, this))
    , m_stopHere(makeButton(Icon::Stop, tr("Stop Here"), this))
    , m_close(makeButton(tr("Close"), this))
    , m_gate(new NameGate(placeOf(parent), m_go, this))
    , m_hasUndo(placeOf(parent).hasUndo)
{
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    stayOnScreen(*this);
    m_lost->setObjectName(u"lost"_s);
    m_error->setObjectName(u"error"_s);
    m_safe->setObjectName(u"safe"_s);
    m_go->setObjectName(u"go"_s);
    m_pause->setObjectName(u"pause"_s);
    m_decide->setObjectName(u"decide"_s);
    m_stopHere->setObjectName(u"stopHere"_s);
    m_close->setObjectName(u"close"_s);
    m_foot->setObjectName(u"foot"_s);

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(0);
    if (const Place place = placeOf(parent); !place.name.isEmpty())
        all->addWidget(new DialogBand(place.environment, place.name));
    m_content->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kL));
    m_content->setSpacing(px(space::kM));
    all->addWidget(m_body, 1);
    auto* middle = new QVBoxLayout;
    middle->setContentsMargins(px(space::kL), 0, px(space::kL), 0);
    middle->setSpacing(px(space::kS));
    middle->addWidget(m_lost);
    middle->addWidget(m_error);
    middle->addWidget(m_bar);
    middle->addWidget(m_gate);
    all->addLayout(middle);
    all->addSpacing(px(space::kS));
    all->addWidget(new Hairline);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(px(space::kL), px(space::kM), px(space::kL), px(space::kM));
    foot->setSpacing(px(space::kS));
    foot->addWidget(m_foot, 1);
    foot->addWidget(m_safe);
    foot->addWidget(m_go);
    for (QPushButton* button : {m_pause, m_decide, m_stopHere, m_close})
        foot->addWidget(button);
    all->addLayout(foot);
    for (QWidget* later :
         std::initializer_list<QWidget*>{m_bar, m_pause, m_decide, m_stopHere, m_close})
        later->hide();

    connect(m_safe, &QPushButton::clicked, this, &BulkDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &BulkDialog::go);
    connect(m_pause, &QPushButton::clicked, this, [this] { setPaused(!m_control->isPaused()); });
    connect(m_decide, &QPushButton::clicked, this, &BulkDialog::decide);
    connect(m_stopHere, &QPushButton::clicked, this, &BulkDialog::stopHere);
    connect(m_close, &QPushButton::clicked, this, &BulkDialog::reject);
    m_stepTimer.setInterval(std::chrono::milliseconds(100));
    connect(&m_stepTimer, &QTimer::timeout, this, &BulkDialog::showStep);
}

BulkDialog::~BulkDialog()
{
    m_stop.request_stop();
}

void BulkDialog::setButtons(const QString& safe, bool isDanger)
{
    m_safe->setText(safe);
    setButtonRole(m_go, isDanger ? ButtonRole::Danger : ButtonRole::Primary);
    setCounting();
}

void BulkDialog::setCounting()
{
    setGo(tr("Counting…"), false);
}

void BulkDialog::setGo(const QString& text, bool isEnabled)
{
    m_go->setText(text);
    m_gate->setReady(isEnabled);
}

void BulkDialog::waiveName()
{
    m_gate->waive();
}

void BulkDialog::showError(const base::Error& error)
{
    m_error->say(Strip::Kind::Error, errorLine(error));
}

void BulkDialog::showLost(const base::Sentences& lost)
{
    if (lost.isEmpty())
        m_lost->hide();
    else
        m_lost->say(Strip::Kind::Warning, showControls(lostText(lost, m_hasUndo)));
}

void BulkDialog::clearError()
{
    m_error->hide();
}

std::stop_token BulkDialog::stopToken()
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    return m_stop.get_token();
}

service::ChangeOptions BulkDialog::begin(const domain::ChangePlan& plan)
{
    m_plan = plan;
    m_seen = std::make_shared<Seen>();
    m_control = std::make_shared<service::ChangeControl>();
    service::ChangeOptions options;
    options.stop = stopToken();
    options.control = m_control;
    options.plan = plan;
    options.progress = [seen = m_seen](const domain::ChangeStep& step) {
        const std::lock_guard lock(seen->mutex);
        seen->step = step;
    };
    return options;
}

void BulkDialog::follow(const QFuture<base::Result<domain::Outcome>>& change)
{
    m_isRunning = true;
    clearError();
    m_body->setEnabled(false);
    m_gate->hide();
    m_safe->hide();
    m_go->hide();
    for (QPushButton* button : {m_pause, m_stopHere, m_close}) {
        button->setEnabled(true);
        button->show();
    }
    m_close->setFocus(Qt::OtherFocusReason);
    m_bar->begin(m_plan);
    m_bar->show();
    setPaused(false);
    QTimer::singleShot(0, this, [this] { adjustSize(); }); // once the layouts know the progress
    m_stepTimer.start();
    async::deliver(change, this, [this](const base::Result<domain::Outcome>& outcome) {
        end();
        if (outcome) {
            accept(); // first, since the report may open a dialog of its own
            Q_EMIT carriedOut(*outcome);
            return;
        }
        showError(outcome.error());
        m_foot->setText(tr("The journal says what was done."));
        setGo(m_go->text(), false);
        open(); // it may have been put aside
    });
}

void BulkDialog::showStep()
{
    const domain::ChangeStep before = m_step;
    {
        const std::lock_guard lock(m_seen->mutex);
        m_step = m_seen->step;
    }
    m_bar->setStep(m_step);
    if (m_step == before)
        return;
    if (m_step.phase != before.phase) {
        const bool isHeld = m_step.phase == domain::ChangeStep::Phase::Held;
        m_decide->setText(isHeld ? tr("Go On Anyway") : tr("Start Now"));
        m_decide->setVisible(isHeld || m_step.phase == domain::ChangeStep::Phase::Planned);
        m_pause->setVisible(m_decide->isHidden());
        QTimer::singleShot(0, this, [this] { adjustSize(); });
    }
    Q_EMIT moved();
}

void BulkDialog::decide()
{
    if (m_step.phase == domain::ChangeStep::Phase::Held)
        m_control->goOn();
    else
        m_control->startNow();
    m_close->setFocus(Qt::OtherFocusReason);
}

void BulkDialog::setPaused(bool isPaused)
{
    m_control->setPaused(isPaused);
    m_pause->setIcon(makeIcon(isPaused ? Icon::Play : Icon::Pause));
    m_pause->setText(isPaused ? tr("Resume") : tr("Pause"));
    m_foot->setText(isPaused ? tr("Paused. What was done stays done.")
                             : tr("You may close this; it goes on."));
}

void BulkDialog::end()
{
    m_isRunning = false;
    m_stepTimer.stop();
    for (QWidget* gone :
         std::initializer_list<QWidget*>{m_bar, m_pause, m_decide, m_stopHere, m_close})
        gone->hide();
    m_body->setEnabled(true);
    m_safe->show();
    m_go->show();
    m_safe->setFocus(Qt::OtherFocusReason);
    Q_EMIT moved();
}

void BulkDialog::stopHere()
{
    m_stop.request_stop();
    for (QPushButton* button : {m_pause, m_decide, m_stopHere})
        button->setEnabled(false);
    m_foot->setText(tr("Stopping after this batch…"));
}

void BulkDialog::reject()
{
    if (m_isRunning) {
        hide();
        Q_EMIT putAside();
        return;
    }
    m_stop.request_stop();
    QDialog::reject();
}

void BulkDialog::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        // Enter fires only the button that has the focus: there is no default.
        if (auto* button = qobject_cast<QPushButton*>(focusWidget()))
            button->click();
        return;
    }
    QDialog::keyPressEvent(event);
}

void BulkDialog::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    QWidget* const name = m_gate->field();
    (m_isRunning ? m_close : name ? name : m_safe)->setFocus(Qt::TabFocusReason);
}

} // namespace queuedeck::ui
