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
    , m_stopHere(makeButton(Icon::Stop, tr("Stop Here"), this))
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
    m_stopHere->setObjectName(u"stopHere"_s);
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
    foot->addWidget(m_pause);
    foot->addWidget(m_stopHere);
    all->addLayout(foot);
    m_bar->hide();
    m_pause->hide();
    m_stopHere->hide();

    connect(m_safe, &QPushButton::clicked, this, &BulkDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &BulkDialog::go);
    connect(m_pause, &QPushButton::clicked, this, [this] { setPaused(!m_pausing->isPaused()); });
    connect(m_stopHere, &QPushButton::clicked, this, &BulkDialog::reject);
    m_progressTimer.setInterval(std::chrono::milliseconds(100));
    connect(&m_progressTimer, &QTimer::timeout, this, &BulkDialog::showProgress);
}

BulkDialog::~BulkDialog()
{
    m_stop.request_stop();
    if (m_pausing)
        m_pausing->resume(); // to end
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

service::ChangeOptions BulkDialog::begin()
{
    m_progress = std::make_shared<Progress>();
    service::ChangeOptions options;
    options.stop = stopToken();
    m_pausing = std::make_shared<service::PauseGate>();
    options.pause = m_pausing;
    options.progress = [progress = m_progress](qint64 done, qint64 total) {
        progress->done = done; // on the write thread; the timer reads it here
        progress->total = total;
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
    m_pause->setEnabled(true);
    m_pause->show();
    m_stopHere->setEnabled(true);
    m_stopHere->show();
    m_stopHere->setFocus(Qt::OtherFocusReason);
    m_bar->begin();
    m_bar->show();
    setPaused(false);
    QTimer::singleShot(0, this, [this] { adjustSize(); }); // once the layouts know the progress
    m_progressTimer.start();
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
    });
}

void BulkDialog::showProgress()
{
    m_bar->setDone(m_progress->done, m_progress->total);
}

void BulkDialog::setPaused(bool isPaused)
{
    if (isPaused)
        m_pausing->pause();
    else
        m_pausing->resume();
    m_bar->setPaused(isPaused);
    m_pause->setIcon(makeIcon(isPaused ? Icon::Play : Icon::Pause));
    m_pause->setText(isPaused ? tr("Resume") : tr("Pause"));
    m_foot->setText(isPaused ? tr("Paused. What was done stays done.")
                             : tr("You can stop between two batches."));
}

void BulkDialog::end()
{
    m_isRunning = false;
    m_progressTimer.stop();
    m_bar->hide();
    m_pause->hide();
    m_stopHere->hide();
    m_body->setEnabled(true);
    m_safe->show();
    m_go->show();
    m_safe->setFocus(Qt::OtherFocusReason);
}

void BulkDialog::reject()
{
    m_stop.request_stop();
    if (m_isRunning) {
        m_pause->setEnabled(false);
        m_stopHere->setEnabled(false);
        m_pausing->resume();
        m_foot->setText(tr("Stopping after this batch…"));
        m_progressTimer.stop();
        return;
    }
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
    (name ? name : m_safe)->setFocus(Qt::TabFocusReason);
}

} // namespace queuedeck::ui
