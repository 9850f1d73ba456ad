// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobspage.h"

#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "ui/actions/actionbutton.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/cellfilter.h"
#include "ui/jobs/filtertext.h"
#include "ui/jobs/jobfacets.h"
#include "ui/jobs/jobpageloader.h"
#include "ui/jobs/jobtablemodel.h"
#include "ui/jobs/querybar.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>
#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QSplitter>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

JobsPage::JobsPage(service::Session& session, ActionSet& actions, QWidget* parent)
    : Page(u"jobs"_s, tr("Jobs"), Icon::Jobs, parent)
    , m_session(session)
    , m_actions(actions)
    , m_model(new JobTableModel(this))
    , m_loader(new JobPageLoader(session.jobs(), session.changes(), *m_model, this))
    , m_facets(new JobFacets(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeQueryRow());
    column->addWidget(makeActionBar());
    m_strip = new Strip(this);
    m_strip->setObjectName(u"strip"_s);
    m_strip->setFlush(true);
    m_splitter = new QSplitter(this);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    auto* left = new QWidget(m_splitter);
    auto* list = new QVBoxLayout(left);
    list->setContentsMargins({});
    list->setSpacing(0);
    list->addWidget(m_strip);
    list->addWidget(makeTable(), 1);
    m_splitter->addWidget(left);
    m_splitter->setStretchFactor(0, 1);
    column->addWidget(m_splitter, 1);

    connectLoader();
    connectFeed();
    connectActions();
    m_seconds.setInterval(std::chrono::seconds(1));
    connect(&m_seconds, &QTimer::timeout, this, [this] {
        const QScrollBar* bar = m_table->verticalScrollBar();
        const int height = qMax(m_table->rowHeight(0), 1);
        m_model->refreshAges(bar->value() / height,
                             (bar->value() + m_table->viewport()->height()) / height);
        if (m_session.changes().isPaused())
            updateState();
    });
    m_seconds.start();
    updateNarrow();
    updateSelection();
    m_loader->setFilter({});
}

JobsPage::~JobsPage()
{
    // Hiding moves the table's scroll bar, which asks this page what is visible: while it is whole.
    hide();
}

SidebarModel* JobsPage::sidebar()
{
    return m_facets;
}

QList<QWidget*> JobsPage::regions()
{
    QList<QWidget*> regions{m_query->edit(), m_retry, m_table};
    if (isDetailOpen())
        regions.append(m_detail);
    return regions;
}

void JobsPage::setShown(bool shown)
{
    m_loader->setActive(shown);
    if (!shown) {
        m_seconds.stop();
        return;
    }
    m_seconds.start();
    m_session.snapshots().refresh();
}

void JobsPage::connectLoader()
{
    m_loader->setMayFollow([this] { return mayFollow(); });
    connect(m_model, &JobTableModel::rowsWanted, this, &JobsPage::updateVisible);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &JobsPage::updateState);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &JobsPage::updateState);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        updateState();
        updateSelection();
    });
    connect(m_loader, &JobPageLoader::listRead, this, [this](qint64 milliseconds) {
        m_tookMs = milliseconds;
        if (!m_wantedJob.isEmpty() && m_model->rowOf(m_wantedJob) >= 0) {
            m_table->selectRow(m_model->rowOf(m_wantedJob));
            m_wantedJob = {};
            openDetail();
        }
        updateState();
        updateSelection(); // a selected job may have changed
    });
    connect(m_loader, &JobPageLoader::matchesChanged, this, &JobsPage::updateMatches);
    connect(m_loader, &JobPageLoader::newerChanged, this, &JobsPage::updateNewer);
    connect(m_loader, &JobPageLoader::failed, this, [this](const base::Error& error) {
        m_trouble = errorLine(error);
        updateState();
    });
    connect(m_loader, &JobPageLoader::recovered, this, [this] {
        m_trouble.clear();
        m_slowSeconds = 0;
        m_isStopped = false;
        updateState();
    });
    connect(m_loader, &JobPageLoader::stillReading, this, [this](int seconds) {
        m_slowSeconds = seconds;
        updateState();
    });
    connect(m_loader, &JobPageLoader::stopped, this, [this] {
        m_slowSeconds = 0;
        m_isStopped = true;
        updateState();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &JobsPage::updateSelection);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &JobsPage::updateSelection);
    connect(m_table, &DataTable::opened, this, &JobsPage::openDetail);
}

void JobsPage::connectFeed()
{
    service::ChangeFeed& changes = m_session.changes();
    service::SnapshotFeed& snapshots = m_session.snapshots();
    connect(&changes, &service::ChangeFeed::lost, this, [this](const base::Error& error) {
        m_lost = errorLine(error);
        updateState();
        updateSelection();
    });
    connect(&changes, &service::ChangeFeed::restored, this, [this] {
        m_lost.clear();
        updateState();
        Q_EMIT selectionChanged(m_selected); // may be acted upon again
        updateSelection();
        m_loader->readAgain();
    });
    connect(&changes, &service::ChangeFeed::pausedChanged, this, &JobsPage::updateState);
    const auto take = [this, &snapshots] {
        m_facets->setSnapshot(snapshots.current());
        setCount(formatCount(snapshots.current().counts.total()));
        hintCount();
        updateState();
    };
    connect(&snapshots, &service::SnapshotFeed::read, this, take);
    if (snapshots.current().takenAt.isValid())
        take();
    connect(m_facets, &JobFacets::textWanted, this, &JobsPage::setFilterText);
    connect(m_query, &QueryBar::filterChanged, this, [this](const domain::JobFilter& filter) {
        m_trouble.clear();
        m_isStopped = false;
        m_facets->setText(filter.text());
        m_table->verticalScrollBar()->setValue(0);
        m_loader->setFilter(filter);
        hintCount();
        Q_EMIT filterChanged(filter);
    });
    connect(m_query, &QueryBar::validChanged, this, [this](bool isValid) {
        Q_EMIT filterValidChanged(isValid);
        updateMatches();
    });
    connect(m_query, &QueryBar::left, this, [this] {
        if (m_loader->isReading() && m_slowSeconds > 0)
            m_loader->stop();
        else
            m_table->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_strip, &Strip::pressed, this, [this] {
        if (!m_lost.isEmpty())
            m_session.changes().refresh();
        else if (m_slowSeconds > 0)
            m_loader->stop();
        else if (m_session.changes().isPaused() && m_trouble.isEmpty() && !m_isStopped)
            m_session.changes().setPaused(false);
        else
            m_loader->readAgain();
    });
}

void JobsPage::connectActions()
{
    const auto on = [this](ActionId id, auto act) {
        connect(m_actions.action(id), &QAction::triggered, this, [this, act] {
            if (isVisible())
                act();
        });
    };
    on(ActionId::Find, [this] { m_query->focusEdit(); });
    on(ActionId::SelectAll, [this] { selectAll(); });
    on(ActionId::FilterCell, [this] { filterByCell(false); });
    on(ActionId::FilterWithoutCell, [this] { filterByCell(true); });
    on(ActionId::Refresh, [this] { m_loader->readAgain(); });
}

void JobsPage::setDetail(QWidget* detail)
{
    m_detail = detail;
    m_splitter->addWidget(detail);
    m_splitter->setStretchFactor(1, 0);
    detail->hide();
}

void JobsPage::openDetail()
{
    if (!m_detail || !m_table->currentIndex().isValid())
        return;
    m_detail->show();
    updateNarrow();
}

void JobsPage::closeDetail()
{
    if (!m_detail)
        return;
    m_detail->hide();
    m_table->setFocus(Qt::OtherFocusReason);
}

bool JobsPage::isDetailOpen() const
{
    return m_detail && !m_detail->isHidden();
}

const domain::JobFilter& JobsPage::filter() const
{
    return m_query->filter();
}

void JobsPage::setFilterText(const QString& text)
{
    m_query->setText(text);
}

const domain::MatchCount& JobsPage::matches() const
{
    return m_loader->matches();
}

void JobsPage::showJob(const domain::JobId& id)
{
    m_wantedJob = id;
    const int row = m_model->rowOf(id);
    if (row < 0) {
        setFilterText(filterTerm(u"id"_s, id.value, u"="_s));
        return;
    }
    m_wantedJob = {};
    m_table->selectRow(row);
    openDetail();
}

void JobsPage::showNewest()
{
    m_table->clearSelection();
    m_table->verticalScrollBar()->setValue(0);
    m_table->setCurrentIndex({});
    m_loader->showNewest();
}

bool JobsPage::mayFollow() const
{
    return m_table->verticalScrollBar()->value() == 0 && !m_table->selectionModel()->hasSelection();
}

void JobsPage::updateVisible()
{
    const int height = qMax(m_table->verticalHeader()->defaultSectionSize(), 1);
    const int top = m_table->verticalScrollBar()->value();
    m_loader->setVisibleRows(top / height, (top + m_table->viewport()->height()) / height);
}

void JobsPage::filterByCell(bool without)
{
    const QModelIndex index = m_table->currentIndex();
    if (const domain::Job* job = m_model->job(index.row()))
        setFilterText(filteredByCell(m_query->text(), *job, JobColumn(index.column()), without));
}

void JobsPage::escape()
{
    if (m_loader->isReading() && m_slowSeconds > 0)
        m_loader->stop();
    else if (isDetailOpen())
        closeDetail();
    else
        m_table->clearSelection();
}

void JobsPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    updateNarrow();
}

bool JobsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table->viewport() && event->type() == QEvent::Resize) {
        m_empty->setGeometry(m_table->viewport()->rect());
        updateVisible();
    }
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape) {
            escape();
            return true;
        }
        if (key->key() == Qt::Key_Home && m_loader->newer() > 0) {
            showNewest();
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

} // namespace queuedeck::ui
