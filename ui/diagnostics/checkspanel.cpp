// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagnostics/checkspanel.h"

#include "core/async/deliver.h"
#include "core/service/session.h"
#include "ui/diagnostics/findingdelegate.h"
#include "ui/diagnostics/findingsmodel.h"
#include "ui/diagnostics/findingview.h"
#include "ui/diagnostics/findingwords.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>

namespace queuedeck::ui {

using domain::Remedy;

namespace {
constexpr int kListWidth = 412;
constexpr int kListWidthNarrow = 320;
constexpr int kNarrow = 1000;
constexpr int kOld = 60; // seconds

int listWidth(int all)
{
    return px(all < px(kNarrow) ? kListWidthNarrow : kListWidth);
}
} // namespace

ChecksPanel::ChecksPanel(service::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new FindingsModel(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeBar());
    m_strip = new Strip(this);
    m_strip->setFlush(true);
    m_strip->setObjectName(QStringLiteral("checksStrip"));
    connect(m_strip, &Strip::pressed, this, &ChecksPanel::look);
    column->addWidget(m_strip);
    column->addWidget(makeBody(), 1);
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &ChecksPanel::showTime);
    showTime();
    showCurrent();
}

QWidget* ChecksPanel::makeBar()
{
    auto* bar = new Surface(Color::Base, this, Qt::BottomEdge);
    bar->setFixedHeight(px(size::kToolBar));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(px(space::kM), 0, px(space::kM), 0);
    row->setSpacing(px(space::kS));
    m_ask =
        makeButton(Icon::Diagnostics, tr("Why Is Nothing Processed?"), bar, ButtonRole::Primary);
    m_ask->setObjectName(QStringLiteral("checkAgain"));
    m_copy = makeButton(Icon::Copy, tr("Copy Report"), bar);
    m_copy->setObjectName(QStringLiteral("copyReport"));
    m_when = new ElidedLabel({}, TextRole::Small, Color::Muted, bar);
    m_when->setObjectName(QStringLiteral("checkedWhen"));
    m_when->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_ask);
    row->addWidget(m_copy);
    row->addWidget(m_when, 1);
    connect(m_ask, &QPushButton::clicked, this, &ChecksPanel::look);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(reportText(diagnosis()));
        Q_EMIT copied(tr("the report"));
    });
    return bar;
}

QWidget* ChecksPanel::makeBody()
{
    auto* body = new QWidget(this);
    auto* row = new QHBoxLayout(body);
    row->setContentsMargins({});
    row->setSpacing(0);
    m_list = new QListView(body);
    m_list->setObjectName(QStringLiteral("checks"));
    m_list->setAccessibleName(tr("Findings and checks"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new FindingDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    row->addWidget(m_list);
    row->addWidget(new Hairline(Qt::Vertical, body));
    auto* right = new Surface(Color::Base, body);
    m_right = new QStackedLayout(right);
    m_view = new FindingView;
    m_right->addWidget(makeScrollColumn(m_view, right));
    m_well = new EmptyState(right);
    m_right->addWidget(m_well);
    row->addWidget(right, 1);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ChecksPanel::showCurrent);
    connect(m_view, &FindingView::wanted, this, &ChecksPanel::act);
    return body;
}

const domain::Diagnosis& ChecksPanel::diagnosis() const
{
    return m_model->diagnosis();
}

QList<QWidget*> ChecksPanel::regions() const
{
    return {m_ask, m_list};
}

QWidget* ChecksPanel::list() const
{
    return m_list;
}

void ChecksPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_list->setFixedWidth(listWidth(width()));
}

void ChecksPanel::lookIfOld()
{
    if (!diagnosis().at.isValid() || diagnosis().at.secsTo(QDateTime::currentDateTimeUtc()) > kOld)
        look();
}

void ChecksPanel::look()
{
    if (std::exchange(m_isLooking, true))
        return;
    m_since = QDateTime::currentDateTimeUtc();
    m_tick.start();
    showTime();
    showCurrent();
    service::DiagnosisService::Request request;
    if (m_endpoint)
        request.endpoint = m_endpoint();
    async::deliver(m_session.diagnosis().run(request), this,
                   [this](const base::Result<domain::Diagnosis>& diagnosis) { take(diagnosis); });
}

// What was found before stays visible while the database does not answer.
void ChecksPanel::take(const base::Result<domain::Diagnosis>& diagnosis)
{
    m_isLooking = false;
    m_tick.stop();
    if (diagnosis) {
        const domain::Finding* const held = m_model->findingAt(m_list->currentIndex().row());
        const QString id = held ? held->id : QString();
        m_model->setDiagnosis(*diagnosis);
        m_strip->hide();
        const int row = m_model->rowOf(id);
        if (row >= 0)
            m_list->setCurrentIndex(m_model->index(row));
    } else {
        m_strip->say(Strip::Kind::Error, errorLine(diagnosis.error()), tr("Check Again"),
                     Icon::Refresh);
    }
    showTime();
    showCurrent();
    Q_EMIT looked();
}

void ChecksPanel::showTime()
{
    const bool hasLooked = diagnosis().at.isValid();
    m_ask->setText(m_isLooking ? tr("Checking…")
                   : hasLooked ? tr("Check Again")
                               : tr("Why Is Nothing Processed?"));
    m_ask->setEnabled(!m_isLooking);
    m_copy->setEnabled(hasLooked);
    const auto seconds = m_since.secsTo(QDateTime::currentDateTimeUtc());
    if (m_isLooking && seconds >= 2)
        m_when->setText(tr("Still checking, %1 s. Nothing is changed by asking.").arg(seconds));
    else if (!m_isLooking && hasLooked)
        m_when->setText(tr("%1 checks in %2 at %3. Nothing was changed by asking.")
                            .arg(formatCount(diagnosis().checks.size()),
                                 formatRunTime(diagnosis().took), formatClock(diagnosis().at)));
    else if (!hasLooked)
        m_when->setText({});
}

void ChecksPanel::showCurrent()
{
    const int row = m_list->currentIndex().row();
    const bool isReadOnly = m_session.info().readOnly;
    const domain::Finding* const finding = m_model->findingAt(row);
    const domain::CheckOutcome* const check = m_model->checkAt(row);
    m_right->setCurrentIndex(finding || check ? 0 : 1);
    if (finding)
        m_view->showFinding(*finding, row == 1, isReadOnly);
    else if (check)
        m_view->showCheck(*check);
    else if (!diagnosis().at.isValid())
        m_well->show(Icon::Diagnostics, m_isLooking ? tr("Checking…") : tr("Not checked yet."),
                     tr("The database, who processes, and the jobs are looked at. Nothing is "
                        "changed by asking."));
    else
        m_well->show(Icon::Check, tr("Nothing unusual."),
                     tr("Looked at %1: %2 checks.")
                         .arg(formatClock(diagnosis().at), formatCount(diagnosis().checks.size())));
}

void ChecksPanel::act(Remedy::Action action, const domain::Finding& finding)
{
    if (action != Remedy::Action::CopyStatement) {
        Q_EMIT wanted(action, finding);
        return;
    }
    QGuiApplication::clipboard()->setText(finding.statement);
    Q_EMIT copied(tr("the statement"));
}

} // namespace queuedeck::ui
