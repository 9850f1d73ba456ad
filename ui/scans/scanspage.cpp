// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/scanspage.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "ui/actions/actionbutton.h"
#include "ui/actions/actionset.h"
#include "ui/notice/changesoff.h"
#include "ui/notice/errortext.h"
#include "ui/scans/pictureview.h"
#include "ui/scans/readermenu.h"
#include "ui/scans/scandelegate.h"
#include "ui/scans/scanfields.h"
#include "ui/scans/scanfilters.h"
#include "ui/scans/scansmodel.h"
#include "ui/scans/scanwords.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/strip.h"

#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSplitter>
#include <QStackedLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::ui {
namespace {
constexpr int kListWidth = 340;
} // namespace

ScansPage::ScansPage(service::Session& session, ActionSet& actions, QWidget* parent)
    : Page(u"scans"_s, tr("Scans"), Icon::Scans, parent)
    , m_session(session)
    , m_actions(actions)
    , m_model(new ScansModel(session.scans(), this))
    , m_filters(new ScanFilters(this))
    , m_strip(new Strip(this))
{
    setAcceptDrops(true);
    m_strip->setFlush(true);
    m_typed.setSingleShot(true);
    m_typed.setInterval(250ms);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(m_strip);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(makeList());
    row->addWidget(new Hairline(Qt::Vertical, this));
    row->addWidget(makeDetail(), 1);
    column->addLayout(row, 1);
    connectFeeds();
    clearDetail();
    takeSnapshot();
}

QWidget* ScansPage::makeBar()
{
    auto* bar = new Surface(Color::Base, this, Qt::BottomEdge);
    bar->setFixedHeight(px(size::kToolBar));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(px(space::kM), 0, px(space::kM), 0);
    row->setSpacing(px(space::kS));
    row->addWidget(
        new ActionButton(m_actions.action(ActionId::UploadCard), bar, ButtonRole::Primary));
    m_retry = makeButton(Icon::Retry, tr("Retry"), bar);
    m_retry->setObjectName(u"retry"_s);
    connect(m_retry, &QPushButton::clicked, this, [this] { Q_EMIT retryWanted(m_shownScan.job); });
    m_readers = new ReaderMenu(m_session, bar);
    connect(m_readers, &ReaderMenu::said, this, &ScansPage::copied);
    connect(m_readers, &ReaderMenu::failed, this, [this](const base::Error& error) {
        m_strip->say(Strip::Kind::Error, errorLine(error));
    });
    m_filterButton = makeButton(Icon::Filter, tr("Filters"), bar);
    auto* menu = new QMenu(m_filterButton);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { m_filters->fill(*menu); });
    m_filterButton->setMenu(menu);
    m_processing = new Label({}, TextRole::Small, Color::Muted, bar);
    row->addWidget(m_retry);
    row->addWidget(m_readers->button());
    row->addWidget(m_filterButton);
    row->addStretch(1);
    row->addWidget(m_processing);
    return bar;
}

QWidget* ScansPage::makeList()
{
    auto* box = new Surface(Color::Base, this);
    box->setFixedWidth(px(kListWidth));
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(0);
    auto* bar = new Surface(Color::Window, box, Qt::BottomEdge);
    bar->setFixedHeight(px(size::kQueryBar + 1));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(px(space::kM), 0, px(space::kM), 0);
    m_search = new QLineEdit(bar);
    m_search->setAccessibleName(tr("Find scans"));
    m_search->setPlaceholderText(tr("name, company, license number…"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(makeIcon(Icon::Filter, Color::Muted), QLineEdit::LeadingPosition);
    row->addWidget(m_search);
    m_list = new QListView(box);
    m_list->setAccessibleName(tr("Scans"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QListView::ExtendedSelection);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new ScanDelegate(m_list));
    m_list->setModel(m_model);
    m_list->installEventFilter(this);
    m_none = new EmptyState(box);
    m_listStack = new QStackedLayout;
    m_listStack->addWidget(m_list);
    m_listStack->addWidget(m_none);
    column->addWidget(bar);
    column->addLayout(m_listStack, 1);
    connect(m_search, &QLineEdit::textChanged, &m_typed, qOverload<>(&QTimer::start));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ScansPage::showCurrent);
    return box;
}

QWidget* ScansPage::makeDetail()
{
    m_detail = new QSplitter(Qt::Horizontal, this);
    m_detail->setChildrenCollapsible(false);
    m_picture = new PictureView(m_session.scans(), m_detail);
    m_fields = new ScanFields(m_detail);
    m_detail->addWidget(m_picture);
    m_detail->addWidget(m_fields);
    m_detail->setStretchFactor(0, 1);
    connect(m_fields, &ScanFields::jobWanted, this, &ScansPage::jobWanted);
    connect(m_fields, &ScanFields::copied, this,
            [this](const QString& what) { Q_EMIT copied(tr("Copied %1").arg(what)); });
    return m_detail;
}

void ScansPage::connectFeeds()
{
    connect(&m_session.snapshots(), &service::SnapshotFeed::read, this, &ScansPage::takeSnapshot);
    connect(&m_session.changes(), &service::ChangeFeed::changed, this, [this] {
        m_isStale = !m_isShown;
        if (m_isShown)
            m_model->refresh();
    });
    connect(&m_session.changes(), &service::ChangeFeed::lost, this, &ScansPage::updateRetry);
    connect(&m_session.changes(), &service::ChangeFeed::lost, m_strip, &QWidget::hide);
    connect(&m_session.changes(), &service::ChangeFeed::restored, this, &ScansPage::updateRetry);
    connect(&m_session.changes(), &service::ChangeFeed::confirmed, m_list->viewport(),
            qOverload<>(&QWidget::update)); // the ages keep growing
    connect(&m_typed, &QTimer::timeout, this, &ScansPage::applyFilter);
    connect(m_filters, &ScanFilters::filterChanged, this, &ScansPage::applyFilter);
    connect(m_model, &ScansModel::aboutToChange, this, [this] { m_isChanging = true; });
    connect(m_model, &ScansModel::read, this, [this] {
        m_isChanging = false;
        m_strip->hide();
        restoreCurrent();
        selectWanted();
        updateState();
    });
    connect(m_model, &ScansModel::failed, this, [this](const base::Error& error) {
        if (!m_session.changes().isLost()) // else the window shows it
            m_strip->say(Strip::Kind::Error, errorLine(error));
    });
    connect(m_actions.action(ActionId::Refresh), &QAction::triggered, this, [this] {
        if (m_isShown)
            m_model->refresh();
    });
    connect(m_actions.action(ActionId::Find), &QAction::triggered, this, [this] {
        if (m_isShown)
            m_search->setFocus(Qt::ShortcutFocusReason);
    });
}

SidebarModel* ScansPage::sidebar()
{
    return m_filters;
}

QList<QWidget*> ScansPage::regions()
{
    return {m_search, m_list, m_picture->focusTarget(), m_fields};
}

QWidget* ScansPage::mainWidget()
{
    return m_list;
}

void ScansPage::setShown(bool shown)
{
    m_isShown = shown;
    if (shown && std::exchange(m_isStale, false))
        m_model->refresh();
}

void ScansPage::showNewest()
{
    m_search->clear();
    clearDetail();
    m_filters->clear();
    m_list->scrollToTop();
    m_model->refresh();
}

void ScansPage::showScans(const QVector<domain::ScanId>& scans)
{
    m_wanted = scans;
    showNewest();
}

void ScansPage::selectWanted()
{
    QItemSelection rows;
    QModelIndex first;
    for (const domain::ScanId& id : std::as_const(m_wanted)) {
        const QModelIndex index = m_model->index(m_model->rowOf(id));
        if (!index.isValid())
            continue;
        rows.select(index, index);
        if (!first.isValid() || index.row() < first.row())
            first = index;
    }
    if (rows.isEmpty())
        return; // not read yet
    m_wanted.clear();
    showScan(m_model->scanAt(first.row()), false);
    m_list->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    m_list->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    m_list->setFocus(Qt::OtherFocusReason);
}

void ScansPage::applyFilter()
{
    m_typed.stop();
    service::ScanFilter filter = m_filters->filter();
    filter.text = m_search->text().trimmed();
    m_model->setFilter(filter);
}

void ScansPage::takeSnapshot()
{
    const domain::QueueSnapshot& snapshot = m_session.snapshots().current();
    if (!snapshot.takenAt.isValid())
        return;
    m_filters->setSnapshot(snapshot);
    setCount(formatCount(m_filters->total()));
    updateState();
}

void ScansPage::showCurrent(const QModelIndex& current)
{
    if (m_isChanging || !current.isValid())
        return;
    showScan(m_model->scanAt(current.row()), false);
}

// Whatever the view did when rows came and went, the scan shown becomes current again, by its id.
void ScansPage::restoreCurrent()
{
    if (m_shownScan.id.isEmpty()) {
        if (m_model->rowCount() > 0)
            m_list->setCurrentIndex(m_model->index(0));
        return;
    }
    const int row = m_model->rowOf(m_shownScan.id);
    if (row >= 0) {
        const QModelIndex index = m_model->index(row);
        if (m_list->currentIndex() != index || !m_list->selectionModel()->isSelected(index))
            m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
        showScan(m_model->scanAt(row), false);
    } else {
        m_list->selectionModel()->clear();
        readShown();
    }
}

void ScansPage::readShown()
{
    async::deliver(m_session.scans().scan(m_shownScan.id), this,
                   [this, id = m_shownScan.id](const base::Result<domain::Scan>& scan) {
                       if (m_shownScan.id == id && m_model->rowOf(id) < 0)
                           showScan(scan ? *scan : m_shownScan, true);
                   });
}

void ScansPage::showScan(const domain::Scan& scan, bool isGone)
{
    m_shownScan = scan;
    m_picture->show(scan);
    m_fields->show(scan);
    m_fields->setGone(isGone);
    updateRetry();
    updateTexts();
}

void ScansPage::updateRetry()
{
    const domain::Scan& scan = m_shownScan;
    const bool isQueued = scan.jobStatus == "pending"_L1 || scan.jobStatus == "processing"_L1;
    QString why = changesOff(m_session);
    if (scan.id.isEmpty())
        why = tr("No scan is chosen.");
    else if (isQueued)
        why = tr("Its job is in the queue already.");
    else if (markOf(scan) != Mark::Failed || scan.job.isEmpty())
        why = tr("Only a failed scan with a job can be read again.");
    m_retry->setEnabled(why.isEmpty());
    setTip(m_retry, why.isEmpty() ? tr("Put the job of this scan back into the queue") : why);
    m_readers->setScan(scan, changesOff(m_session));
}

void ScansPage::clearDetail()
{
    m_shownScan = {};
    m_picture->clear();
    m_fields->clear();
    updateRetry();
}

} // namespace queuedeck::ui
