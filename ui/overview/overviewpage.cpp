// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/overviewpage.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/diagnosisservice.h"
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "ui/notice/errortext.h"
#include "ui/overview/failuresmodel.h"
#include "ui/overview/historychoice.h"
#include "ui/overview/historypane.h"
#include "ui/overview/overviewcards.h"
#include "ui/overview/typesmodel.h"
#include "ui/overview/workingpanel.h"
#include "ui/widgets/button.h"
#include "ui/widgets/columns.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QScrollArea>
#include <QStackedLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kLeastTable = 150; ///< header and some rows
constexpr int kBeside = 900;     ///< from this width on panels stand side by side

// Of a column of the types, in reference pixels: so that the type is seen whole in a small window.
int widthOf(int column)
{
    switch (column) {
    case TypesModel::Pending: return 74;
    case TypesModel::Processing: return 86;
    case TypesModel::DoneThen:
    case TypesModel::FailedThen: return 60;
    case TypesModel::WaitP50:
    case TypesModel::RunP50: return 78;
    default: return 66;
    }
}
} // namespace

OverviewPage::OverviewPage(service::Session& session, QWidget* parent)
    : Page(u"overview"_s, tr("Overview"), Icon::Overview, parent)
    , m_session(session)
    , m_strip(new Strip(this))
    , m_cards(new OverviewCards(session))
    , m_history(new HistoryPane(session))
{
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(px(space::kM), px(space::kM), px(space::kM), px(space::kM));
    column->setSpacing(px(space::kM));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->addWidget(makeScrollColumn(inner, this));
    column->addWidget(m_strip);
    column->addWidget(m_cards);
    column->addWidget(m_history);
    column->addWidget(makeTables(session.engine().handledTypes()), 1);
    connect(m_cards, &OverviewCards::jobsWanted, this, &OverviewPage::jobsWanted);
    connect(m_strip, &Strip::pressed, this, &OverviewPage::pressStrip);
    connect(m_history, &HistoryPane::historyRead, this, &OverviewPage::showHistory);
    connect(m_history, &HistoryPane::saved, this, &OverviewPage::chartSaved);
    connect(m_history, &HistoryPane::failed, this, [this](const base::Error& error) {
        if (!m_session.changes().isLost())
            m_strip->say(Strip::Kind::Error, errorLine(error));
    });
    sayTheWorst();

    // A file in handlers.d was added or removed.
    connect(&session.engine(), &service::EngineService::handlersChanged, this,
            [this] { m_types->setHandledTypes(m_session.engine().handledTypes()); });
    service::SnapshotFeed& feed = session.snapshots();
    connect(&feed, &service::SnapshotFeed::read, this, [this, &feed] { show(feed.current()); });
    connect(&feed, &service::SnapshotFeed::failed, this, [this](const base::Error& error) {
        if (!m_session.changes().isLost()) // else the window shows it
            m_strip->say(Strip::Kind::Error, errorLine(error));
    });
    connect(&session.changes(), &service::ChangeFeed::lost, this, &OverviewPage::sayTheWorst);
    connect(&session.changes(), &service::ChangeFeed::confirmed, this, &OverviewPage::confirm);
    if (feed.current().takenAt.isValid())
        show(feed.current());
}

/// Costs a few queries, each cut short on a large table: so not with every snapshot, and less often
/// the longer they take.
void OverviewPage::readFindings()
{
    if (!m_findingsHold.hasExpired())
        return;
    m_findingsHold = QDeadlineTimer(QDeadlineTimer::Forever);
    QElapsedTimer took;
    took.start();
    using Request = service::DiagnosisService::Request;
    async::deliver(m_session.diagnosis().run({Request::Depth::Quick}), this,
                   [this, took](const base::Result<domain::Diagnosis>& diagnosis) {
                       m_diagnosis = diagnosis ? *diagnosis : domain::Diagnosis();
                       m_findingsHold.setRemainingTime(qMax<qint64>(5'000, 30 * took.elapsed()));
                       sayTheWorst();
                   });
}

void OverviewPage::pressStrip()
{
    if (m_stripFilter.isEmpty())
        Q_EMIT tablesWanted();
    else
        Q_EMIT jobsWanted(m_stripFilter);
}

// What must be known before trusting the page, else the worst finding in the queue.
void OverviewPage::sayTheWorst()
{
    const service::SessionInfo& info = m_session.info();
    const domain::Finding* const worst = m_diagnosis.worst();
    m_stripFilter.clear();
    if (!info.changesOff.isEmpty())
        m_strip->say(Strip::Kind::Warning, tr("%1 Viewing works; retry and processing are off.")
                                               .arg(info.changesOff.translated()));
    else if (worst) {
        m_stripFilter = worst->filter;
        m_strip->say(Strip::Kind::Warning, worst->evidence.translated(),
                     m_stripFilter.isEmpty() ? QString() : tr("Show Jobs"));
        setTip(m_strip, u"%1\n%2"_s.arg(worst->cause.translated(),
                                        worst->remedies.isEmpty()
                                            ? QString()
                                            : worst->remedies.front().text.translated()));
        return;
    } else if (info.mode == domain::QueueMode::Guest && !info.readOnly)
        m_strip->say(Strip::Kind::Info,
                     tr("Nothing was created here, so there is no history across restarts, no undo "
                        "and no rescue of lost jobs."),
                     tr("Create Tables…"));
    else if (!info.notes.isEmpty())
        m_strip->say(Strip::Kind::Info, base::translated(info.notes).join(u' '));
    else
        m_strip->hide();
    setTip(m_strip, {});
}

QWidget* OverviewPage::makeTables(const QStringList& handledTypes)
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(px(space::kM));

    const bool isGuest = m_session.info().mode == domain::QueueMode::Guest;
    auto* types = new Panel(tr("By type"), Panel::Content::Flush, box);
    m_typesPanel = types;
    types->setMinimumHeight(px(kLeastTable));
    types->setNote(tr("all jobs in the table"));
    m_types = new TypesModel(handledTypes, this);
    m_typesTable = new DataTable(tr("Jobs by type"), types);
    m_typesTable->setModel(m_types);
    QHeaderView* header = m_typesTable->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(TypesModel::Type, QHeaderView::Stretch);
    for (int each = TypesModel::Pending; each < TypesModel::ColumnCount; ++each) {
        header->resizeSection(each, px(widthOf(each)));
        const bool isOfTable = each == TypesModel::Completed || each == TypesModel::Failed;
        m_typesTable->setColumnHidden(each, isGuest ? each >= TypesModel::DoneThen : isOfTable);
    }
    new Columns(u"types"_s, *m_typesTable);
    types->content()->addWidget(m_typesTable);
    connect(m_typesTable, &DataTable::opened, this, [this](const QModelIndex& index) {
        const QString type = u"type:"_s + m_types->typeAt(index.row());
        Q_EMIT jobsWanted(index.column() == TypesModel::Other ? type + u" is:unknown"_s : type);
    });

    m_failuresPanel = new Panel(tr("Newest failures"), Panel::Content::Flush, box);
    m_failuresPanel->setMinimumHeight(px(kLeastTable));
    auto* group = makeButton(tr("Group by Error"), m_failuresPanel, ButtonRole::Link);
    group->setObjectName(u"groupErrors"_s);
    m_failuresPanel->addToHead(group);
    connect(group, &QPushButton::clicked, this, &OverviewPage::errorsWanted);
    m_failures = new FailuresModel(this);
    m_failuresTable = new DataTable(tr("Newest failures"), m_failuresPanel);
    m_failuresTable->setModel(m_failures);
    QHeaderView* failures = m_failuresTable->horizontalHeader();
    failures->setSectionResizeMode(QHeaderView::Fixed);
    failures->setSectionResizeMode(FailuresModel::Error, QHeaderView::Stretch);
    failures->resizeSection(FailuresModel::Age, px(84));
    failures->resizeSection(FailuresModel::Type, px(160));
    failures->resizeSection(FailuresModel::Id, shortIdWidth());
    connect(m_failuresTable, &DataTable::opened, this,
            [this](const QModelIndex& index) { Q_EMIT jobWanted(m_failures->jobAt(index.row())); });
    new Columns(u"failures"_s, *m_failuresTable);
    auto* none = new EmptyState(m_failuresPanel);
    none->show(Icon::Check, tr("Nothing has failed."),
               tr("A job that fails three times, or cannot be retried, appears here."));
    m_failuresStack = new QStackedLayout;
    m_failuresStack->addWidget(m_failuresTable);
    m_failuresStack->addWidget(none);
    m_failuresPanel->content()->addLayout(m_failuresStack);

    m_working = new WorkingPanel(m_session, box);
    connect(m_working, &WorkingPanel::engineWanted, this, &OverviewPage::engineWanted);
    m_foot = new QBoxLayout(QBoxLayout::LeftToRight);
    m_foot->setSpacing(px(space::kM));
    m_foot->addWidget(m_failuresPanel, 4);
    m_foot->addWidget(m_working, 3);
    column->addWidget(types, 2);
    column->addLayout(m_foot, 3);
    return box;
}

void OverviewPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    m_foot->setDirection(width() >= px(kBeside) ? QBoxLayout::LeftToRight
                                                : QBoxLayout::TopToBottom);
}

QList<QWidget*> OverviewPage::regions()
{
    return QList<QWidget*>{m_cards->first()} + m_history->regions() +
           QList<QWidget*>{m_typesTable, m_failuresTable, m_working->first()};
}

SidebarModel* OverviewPage::sidebar()
{
    return &m_history->choice();
}

// It was read after the snapshot that is shown.
void OverviewPage::showHistory(const domain::History& history)
{
    m_cards->setLastHour(history.lastHour);
    m_types->setHistory(history.byType);
    m_typesPanel->setTitle(
        tr("By type, %1").arg(HistoryChoice::periodWords(history.period).toLower()));
    if (m_session.info().mode != domain::QueueMode::Guest)
        m_typesPanel->setNote(
            tr("wait: created to started; run: started to finished, own attempts only"));
}

QWidget* OverviewPage::mainWidget()
{
    return m_cards->first();
}

void OverviewPage::show(const domain::QueueSnapshot& snapshot)
{
    readFindings();
    sayTheWorst();
    m_cards->setSnapshot(snapshot);
    m_history->choice().setTypes(snapshot.byType.keys());
    m_history->refresh(snapshot);
    m_types->setCounts(snapshot.byType);
    m_failures->setJobs(snapshot.recentFailures);
    m_working->refresh(snapshot);
    m_failuresPanel->setNote(
        snapshot.counts.failed > 0
            ? tr("%1 failed in the table").arg(formatCount(snapshot.counts.failed))
            : QString());
    m_failuresStack->setCurrentIndex(snapshot.recentFailures.isEmpty() ? 1 : 0);
    m_typesTable->setColumnHidden(TypesModel::Other, snapshot.counts.other == 0);
    m_trueAt = snapshot.takenAt; // reading a large table takes its time
    showTime();
}

// A snapshot stays true as long as nothing has been written since: the probe confirms that more
// often than there is a new one.
void OverviewPage::confirm()
{
    if (!m_session.snapshots().isCurrent())
        return;
    m_trueAt = QDateTime::currentDateTimeUtc();
    showTime();
}

void OverviewPage::showTime()
{
    setStatusTexts({tr("One snapshot, true at %1").arg(formatClock(m_trueAt)),
                    tr("read in %1").arg(formatRunTime(m_session.snapshots().took()))});
}

} // namespace queuedeck::ui
