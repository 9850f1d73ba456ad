// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/bulkdialog.h"

#include "core/async/deliver.h"
#include "ui/dialogs/words.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/strip.h"

#include <QProgressBar>

namespace queuedeck::ui {
namespace {

const char* progressWords(Deed deed)
{
    switch (deed) {
    case Deed::Retry: return QT_TRANSLATE_N_NOOP("Dialogs", "%1 of %L1 re-queued.");
    case Deed::Cancel: return QT_TRANSLATE_N_NOOP("Dialogs", "%1 of %L1 cancelled.");
    case Deed::Delete:
    case Deed::CleanUp: return QT_TRANSLATE_N_NOOP("Dialogs", "%1 of %L1 deleted.");
    default: return QT_TRANSLATE_N_NOOP("Dialogs", "%1 of %L1 done.");
    }
}

} // namespace

BulkDialog::BulkDialog(Deed deed, const QString& title, const QString& question, QWidget* parent)
    : QDialog(parent)
    , m_deed(deed)
    , m_question(new Label(question, TextRole::Title))
    , m_bodyWidget(new QWidget)
    , m_body(new QVBoxLayout(m_bodyWidget))
    , m_error(new Strip)
    , m_bar(new QProgressBar)
    , m_foot(new Label(tr("Nothing has been changed yet."), TextRole::Small, Color::Muted))
    , m_safe(makeButton(tr("Keep Them"), nullptr))
    , m_do(makeButton(QString(), nullptr, ButtonRole::Primary))
{
    setWindowTitle(title);
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    m_question->setWordWrap(true);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->hide();
    m_foot->setWordWrap(true);
    m_safe->setObjectName(QStringLiteral("safe"));
    m_do->setObjectName(QStringLiteral("do"));
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(px(space::kM));

    auto* top = new QVBoxLayout;
    top->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kL));
    top->setSpacing(px(space::kM));
    top->addWidget(m_question);
    top->addWidget(m_bodyWidget, 1);
    top->addWidget(m_bar);
    top->addWidget(m_error);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(px(space::kL), px(space::kM), px(space::kL), px(space::kM));
    foot->setSpacing(px(space::kS));
    foot->addWidget(m_foot, 1);
    foot->addWidget(m_safe);
    foot->addWidget(m_do);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(top, 1);
    all->addWidget(new Hairline);
    all->addLayout(foot);
    setMinimumWidth(px(520));

    m_safe->setAutoDefault(true);
    m_safe->setFocus();
    connect(m_safe, &QPushButton::clicked, this, &BulkDialog::reject);
    connect(m_do, &QPushButton::clicked, this, [this] {
        if (!m_isRunning && !m_isOver)
            proceed();
    });
    m_timer.setInterval(100);
    connect(&m_timer, &QTimer::timeout, this, &BulkDialog::tick);
}

BulkDialog::~BulkDialog()
{
    m_stop.request_stop();
}

QString BulkDialog::footText() const
{
    return m_foot->text();
}

QString BulkDialog::errorText() const
{
    return m_error->isHidden() ? QString() : m_error->text();
}

void BulkDialog::reject()
{
    if (!m_isRunning) {
        QDialog::reject();
        return;
    }
    m_stop.request_stop();
    m_safe->setEnabled(false);
    m_safe->setText(tr("Stopping…"));
}

void BulkDialog::setQuestion(const QString& question)
{
    m_question->setText(question);
}

void BulkDialog::setButtons(const QString& safe, const QString& doIt, Icon icon, bool isDanger)
{
    m_safe->setText(safe);
    m_do->setText(doIt);
    if (isDanger)
        setButtonRole(m_do, ButtonRole::Danger);
    m_do->setIcon(makeIcon(icon, isDanger ? Color::OnDanger : Color::OnAccent));
}

void BulkDialog::setDoText(const QString& text, bool isEnabled)
{
    m_do->setText(text);
    m_do->setEnabled(isEnabled);
}

void BulkDialog::setFoot(const QString& text)
{
    m_foot->setText(text);
}

void BulkDialog::showError(const base::Error& error)
{
    m_error->say(Strip::Kind::Error, errorLine(error));
}

void BulkDialog::clearError()
{
    m_error->hide();
}

QString BulkDialog::progressText(qint64 done, qint64 total) const
{
    return counted(progressWords(m_deed), total).arg(formatCount(done));
}

void BulkDialog::run(const Work& work, qint64 total)
{
    m_isRunning = true;
    m_total = total;
    m_stop = std::stop_source();
    m_progress = std::make_shared<Progress>();
    m_progress->total = total;
    clearError();
    m_bodyWidget->setEnabled(false);
    m_do->hide();
    m_safe->setText(tr("Stop Here"));
    m_bar->setRange(0, 1000);
    m_bar->setValue(0);
    m_bar->show();
    setFoot(progressText(0, total));
    service::ChangeOptions options;
    options.stop = m_stop.get_token();
    options.progress = [progress = m_progress](qint64 done, qint64 of) {
        progress->done = done;
        progress->total = of;
    };
    m_timer.start();
    async::deliver(work(options), this,
                   [this](const base::Result<domain::Outcome>& outcome) { ended(outcome); });
}

void BulkDialog::tick()
{
    const qint64 total = m_progress->total;
    const qint64 done = m_progress->done;
    m_bar->setValue(total > 0 ? int(done * 1000 / total) : 0);
    setFoot(progressText(done, total));
}

void BulkDialog::ended(const base::Result<domain::Outcome>& outcome)
{
    m_timer.stop();
    m_isRunning = false;
    m_isOver = true;
    m_bar->hide();
    m_safe->setEnabled(true);
    m_safe->setText(tr("Close"));
    if (!outcome) {
        // Batches that were committed before it stay; the journal knows them.
        const qint64 done = m_progress->done;
        setFoot(done > 0 ? tr("It ended after %1 jobs. Those stay done.").arg(formatCount(done))
                         : tr("Nothing has been changed."));
        showError(outcome.error());
        emit carriedOut(m_deed, {});
        return;
    }
    emit carriedOut(m_deed, *outcome);
    if (!outcome->cancelled) {
        accept();
        return;
    }
    const qint64 seen = outcome->changed + outcome->skipped.size();
    setFoot(counted(QT_TRANSLATE_N_NOOP("Dialogs", "Stopped at %1. %L1 were not touched."),
                    qMax<qint64>(0, qMax(m_total, outcome->matched) - seen))
                .arg(formatCount(outcome->changed)));
}

} // namespace queuedeck::ui
