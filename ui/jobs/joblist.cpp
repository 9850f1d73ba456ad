// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/joblist.h"

#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/jobpageloader.h"
#include "ui/jobs/jobselection.h"
#include "ui/jobs/jobtablemodel.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/columns.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

JobList::JobList(service::Session& session, ActionSet& actions, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_actions(actions)
    , m_model(new JobTableModel(this))
    , m_loader(new JobPageLoader(session.jobs(), session.changes(), *m_model, this))
    , m_table(new DataTable(tr("Jobs"), this))
    , m_strip(new Strip(this))
    , m_empty(new EmptyState(m_table->viewport())) // below the fixed header
{
    m_strip->setObjectName(u"strip"_s);
    m_strip->setFlush(true);
    m_empty->hide();
    m_empty->setObjectName(u"empty"_s);
    makeTable();
    m_selection = new JobSelection(*m_model, *m_table->selectionModel(), this);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this] { m_hasActed = false; });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addWidget(m_table, 1);
    connectLoader();
    connectFeed();
    m_seconds.setInterval(std::chrono::seconds(1));
    connect(&m_seconds, &QTimer::timeout, this, [this] {
        const QScrollBar* bar = m_table->verticalScrollBar();
        const int height = qMax(m_table->rowHeight(0), 1);
        m_model->refreshAges(bar->value() / height,
                             (bar->value() + m_table->viewport()->height()) / height);
        if (m_session.changes().isPaused())
            update();
    });
    m_seconds.start();
}

JobList::~JobList()
{
    // Hiding moves the table's scroll bar, which checks what is visible: so while the list is
    // whole.
    hide();
}

void JobList::makeTable()
{
    setMinimumHeight(px(120));
    m_table->setObjectName(u"jobs"_s);
    m_table->setModel(m_model);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    struct Width
    {
        JobColumn column;
        int width;
    };
    constexpr Width kWidths[] = {{JobColumn::Status, 112},  {JobColumn::Type, 160},
                                 {JobColumn::Tries, 64},    {JobColumn::Created, 92},
                                 {JobColumn::Finished, 92}, {JobColumn::Error, 180}};
    for (const Width& width : kWidths)
        header->resizeSection(int(width.column), px(width.width));
    header->resizeSection(int(JobColumn::Id), shortIdWidth());
    header->setStretchLastSection(true);
    // Newest first is the only order; a clickable header would promise others.
    header->setSectionsClickable(false);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(int(JobColumn::Created), Qt::DescendingOrder);
    m_table->setColumnHidden(int(JobColumn::Finished), true);
    m_columns = new Columns(u"jobs"_s, *m_table);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_actions.addTableKeys(m_table);
    for (const ActionId id :
         {ActionId::Retry, ActionId::RunNext, ActionId::Cancel, ActionId::Delete, ActionId::Repair})
        connect(m_actions.action(id), &QAction::triggered, this, [this] { m_hasActed = true; });
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &JobList::showContextMenu);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &JobList::updateVisible);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, this, &JobList::updateVisible);
}

void JobList::connectLoader()
{
    m_loader->setMayFollow([this] { return mayFollow(); });
    connect(m_model, &JobTableModel::rowsWanted, this, &JobList::updateVisible);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &JobList::update);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &JobList::update);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        update();
        m_selection->update();
    });
    connect(m_model, &QAbstractItemModel::layoutAboutToBeChanged, this, &JobList::rememberPlace);
    connect(m_model, &QAbstractItemModel::layoutChanged, this, &JobList::keepPlace);
    connect(m_loader, &JobPageLoader::listRead, this, [this](qint64 milliseconds) {
        m_tookMs = milliseconds;
        if (!m_wantedJob.isEmpty())
            select(m_wantedJob);
        if (m_wantsOldest && m_model->rowCount() > 0) {
            m_wantsOldest = false;
            m_table->scrollToBottom();
        }
        update();
        m_selection->update(); // a selected job may have changed
        Q_EMIT listRead();
    });
    connect(m_loader, &JobPageLoader::matchesChanged, this, &JobList::matchesChanged);
    connect(m_loader, &JobPageLoader::newerChanged, this, &JobList::newerChanged);
    connect(m_loader, &JobPageLoader::failed, this, [this](const base::Error& error) {
        m_failure = errorLine(error);
        m_slowSeconds = 0;
        update();
    });
    connect(m_loader, &JobPageLoader::recovered, this, [this] {
        m_failure.clear();
        m_slowSeconds = 0;
        update();
    });
    connect(m_loader, &JobPageLoader::stillReading, this, [this](int seconds) {
        m_slowSeconds = seconds;
        update();
    });
    connect(m_loader, &JobPageLoader::stopped, this, [this] {
        m_slowSeconds = 0;
        update();
    });
}

void JobList::connectFeed()
{
    const service::ChangeFeed& changes = m_session.changes();
    connect(&changes, &service::ChangeFeed::lost, this, &JobList::update);
    connect(&changes, &service::ChangeFeed::restored, this, [this] {
        update();
        m_loader->readAgain();
    });
    connect(&changes, &service::ChangeFeed::pausedChanged, this, &JobList::update);
    connect(&m_session.snapshots(), &service::SnapshotFeed::read, this, [this] {
        hintCount();
        update();
    });
    connect(m_strip, &Strip::pressed, this, &JobList::pressStrip);
}

void JobList::setFilter(const domain::JobFilter& filter)
{
    m_filter = filter;
    m_wantsOldest = false;
    m_failure.clear();
    m_slowSeconds = 0;
    m_table->verticalScrollBar()->setValue(0);
    m_loader->setFilter(filter);
    hintCount();
    update();
}

void JobList::select(const domain::JobId& id)
{
    m_wantedJob = id;
    const int row = m_model->rowOf(id);
    if (row < 0)
        return;
    m_wantedJob = {};
    m_table->selectRow(row);
    Q_EMIT jobFound();
}

void JobList::selectAll()
{
    m_table->selectAll();
}

void JobList::clearSelection()
{
    m_table->clearSelection();
}

void JobList::showNewest()
{
    m_table->clearSelection();
    m_table->verticalScrollBar()->setValue(0);
    m_table->setCurrentIndex({});
    m_loader->showNewest();
}

void JobList::showOldest()
{
    m_wantsOldest = true;
    if (m_loader->hasAnswer())
        m_table->scrollToBottom();
}

void JobList::readAgain()
{
    m_loader->readAgain();
}

bool JobList::stopSlow()
{
    if (!m_loader->isReading() || m_slowSeconds == 0)
        return false;
    m_loader->stop();
    return true;
}

void JobList::setActive(bool isActive)
{
    m_loader->setActive(isActive);
    if (isActive)
        m_seconds.start();
    else
        m_seconds.stop();
}

const domain::Job* JobList::currentRow() const
{
    return m_model->job(m_table->currentIndex().row());
}

std::optional<domain::MatchCount> JobList::matches() const
{
    return m_loader->matches();
}

bool JobList::isConnected() const
{
    return !m_session.changes().isLost();
}

int JobList::newer() const
{
    return m_loader->newer();
}

bool JobList::mayFollow() const
{
    return m_table->verticalScrollBar()->value() == 0 && !m_table->selectionModel()->hasSelection();
}

// A job that no longer matches leaves the list, and Qt would then leave no row current.
void JobList::rememberPlace()
{
    m_following.clear();
    const int row = m_table->currentIndex().row();
    for (int i = row; row >= 0 && i < row + JobRows::kPageSize; ++i) {
        if (const domain::Job* job = m_model->job(i))
            m_following += job->id;
    }
}

// The next row is selected only if this table's own action removed the row: what others did must
// not change what the next key acts on.
void JobList::keepPlace()
{
    if (m_following.isEmpty() || m_table->currentIndex().isValid())
        return;
    const auto next =
        std::find_if(m_following.cbegin(), m_following.cend(),
                     [this](const domain::JobId& id) { return m_model->rowOf(id) >= 0; });
    const int row = next == m_following.cend() ? m_model->rowCount() - 1 : m_model->rowOf(*next);
    m_following.clear();
    if (row < 0)
        return;
    m_table->selectionModel()->setCurrentIndex(m_model->index(row, 0),
                                               std::exchange(m_hasActed, false)
                                                   ? QItemSelectionModel::ClearAndSelect |
                                                         QItemSelectionModel::Rows
                                                   : QItemSelectionModel::NoUpdate);
}

void JobList::updateVisible()
{
    const int height = qMax(m_table->verticalHeader()->defaultSectionSize(), 1);
    const int top = m_table->verticalScrollBar()->value();
    m_loader->setVisibleRows(top / height, (top + m_table->viewport()->height()) / height);
}

// Where the whole queue or a whole status is listed, the snapshot has the count, even beyond the
// limit of counting.
void JobList::hintCount()
{
    if (const auto count = m_session.snapshots().current().matches(m_filter))
        m_loader->setKnownCount(*count);
}

// The same actions as those of the buttons and the menu bar.
void JobList::showContextMenu(const QPoint& at)
{
    auto* menu = new QMenu(m_table);
    menu->setObjectName(u"context"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    for (const ActionId id :
         {ActionId::Retry,     ActionId::RunNext,    ActionId::Cancel,
          ActionId::Delete,    ActionId::Repair,     ActionId::EditAsNew,
          ActionId::Count,     ActionId::FilterCell, ActionId::FilterWithoutCell,
          ActionId::ShowGroup, ActionId::Count,      ActionId::CopyId,
          ActionId::CopyCell,  ActionId::CopyJson,   ActionId::CopyCsv,
          ActionId::CopySql,   ActionId::CopyCurl,   ActionId::CopyLink,
          ActionId::Export,    ActionId::Count,      ActionId::SelectAll,
          ActionId::RetryAll,  ActionId::ExportAll}) {
        if (id == ActionId::Count)
            menu->addSeparator();
        else
            menu->addAction(m_actions.action(id));
    }
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

bool JobList::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table->viewport() && event->type() == QEvent::Resize) {
        m_empty->setGeometry(m_table->viewport()->rect());
        updateVisible();
    }
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape) {
            if (!stopSlow())
                Q_EMIT escaped();
            return true;
        }
        if (key->key() == Qt::Key_Home && newer() > 0) {
            showNewest();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace queuedeck::ui
