// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectionspage.h"

#include "core/service/home.h"
#include "ui/connections/connectiondelegate.h"
#include "ui/connections/connectionform.h"
#include "ui/connections/connectionsmodel.h"
#include "ui/connections/teststepsview.h"
#include "ui/widgets/button.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/environmentmark.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
using Column = ConnectionsModel::Column;

constexpr int kSide = 520, kNarrowSide = 460, kNarrow = 1180;
constexpr std::pair<Column, int> kWidths[] = {
    {Column::Table, 72},  {Column::Safety, 150}, {Column::Pending, 70},
    {Column::Failed, 86}, {Column::Now, 140},    {Column::LastUsed, 90},
};
} // namespace

ConnectionsPage::ConnectionsPage(const QString& offered, const QString& from, QWidget* parent)
    : Page(u"connections"_s, tr("Connections"), Icon::Database, parent)
    , m_offered(offered)
    , m_from(from)
    , m_model(new ConnectionsModel(this))
    , m_table(new DataTable(tr("Connections"), this))
    , m_empty(new EmptyState(this))
    , m_count(new Label({}, TextRole::Small, Color::Muted, this))
    , m_sought(new QLineEdit(this))
    , m_strip(new Strip(this))
    , m_title(new Label({}, TextRole::Title, Color::Text, this))
    , m_mark(new EnvironmentMark(this))
    , m_more(makeIconButton(Icon::More, tr("More"), this))
    , m_form(new ConnectionForm)
    , m_tested(new Label({}, TextRole::Small, Color::Muted, this))
    , m_test(makeButton(Icon::Refresh, tr("Test"), this))
    , m_steps(new TestStepsView)
    , m_remove(makeButton(tr("Remove…"), this, ButtonRole::Quiet))
    , m_openReadOnly(makeButton(tr("Open Read-Only"), this))
    , m_save(makeButton(tr("Save"), this))
    , m_open(makeButton(tr("Open"), this, ButtonRole::Primary))
{
    setAccessibleName(tr("Connections"));
    setStatusTexts({tr("Enter opens the chosen connection, F5 asks and tests again")});
    auto* all = new QHBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(0);
    all->addWidget(makeList(), 1);
    all->addWidget(makeSide());

    m_minute.setInterval(std::chrono::minutes(1));
    connect(&m_minute, &QTimer::timeout, this, &ConnectionsPage::askHealth);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ConnectionsPage::showCurrent);
    connect(m_table, &DataTable::opened, this, [this] { open(false); });
    connect(m_sought, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model->setSought(text);
        choose(m_id);
    });
    connect(m_form, &ConnectionForm::changed, this, &ConnectionsPage::updateButtons);
    startNew();
}

QWidget* ConnectionsPage::makeList()
{
    auto* list = new Surface(Color::Base, this);
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeListHead());
    m_strip->setObjectName(u"connectionsStrip"_s);
    m_strip->setFlush(true);
    connect(m_strip, &Strip::pressed, this, &ConnectionsPage::bringBack);
    column->addWidget(m_strip);
    m_table->setObjectName(u"connections"_s);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ConnectionDelegate(m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->setDefaultSectionSize(px(ConnectionDelegate::kRow));
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QHeaderView* const header = m_table->horizontalHeader();
    header->setSectionResizeMode(Column::Name, QHeaderView::Stretch);
    for (const auto& [section, width] : kWidths) {
        header->setSectionResizeMode(section, QHeaderView::Fixed);
        header->resizeSection(section, px(width));
    }
    column->addWidget(m_table, 1);
    m_empty->setObjectName(u"noConnections"_s);
    column->addWidget(m_empty, 1);
    m_empty->hide();
    column->addWidget(makeOffer());
    column->addWidget(makeListFoot());
    return list;
}

QWidget* ConnectionsPage::makeListHead()
{
    auto* head = new Surface(Color::Base, this, Qt::BottomEdge);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(px(space::kM), px(space::kM), px(space::kM), px(space::kM));
    row->setSpacing(px(space::kS));
    row->addWidget(new Label(tr("Connections"), TextRole::Title));
    row->addWidget(m_count);
    row->addStretch(1);
    m_sought->setObjectName(u"sought"_s);
    m_sought->setPlaceholderText(tr("name, host or database"));
    m_sought->setAccessibleName(tr("Name, host or database"));
    m_sought->setClearButtonEnabled(true);
    m_sought->setMinimumWidth(px(120));
    m_sought->setMaximumWidth(px(216));
    row->addWidget(m_sought, 2);
    QPushButton* const add =
        makeButton(Icon::Plus, tr("New Connection"), head, ButtonRole::Primary);
    add->setObjectName(u"newConnection"_s);
    connect(add, &QPushButton::clicked, this, [this] {
        m_table->setCurrentIndex({});
        startNew();
        m_form->focusAddress();
    });
    row->addWidget(add);
    return head;
}

QWidget* ConnectionsPage::makeOffer()
{
    m_offer = new QWidget(this);
    auto* around = new QVBoxLayout(m_offer);
    around->setContentsMargins(px(space::kM), px(space::kM), px(space::kM), px(space::kM));
    auto* strip = new Strip(m_offer);
    strip->setObjectName(u"offer"_s);
    strip->say(Strip::Kind::Ok,
               tr("%1 is set and not saved here: %2")
                   .arg(m_from, showControls(service::maskedAddress(m_offered))),
               tr("Import %1").arg(m_from));
    connect(strip, &Strip::pressed, this, &ConnectionsPage::importOffered);
    around->addWidget(strip);
    m_offer->hide();
    return m_offer;
}

QWidget* ConnectionsPage::makeListFoot()
{
    auto* foot = new Surface(Color::Base, this, Qt::TopEdge);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(px(space::kS), px(space::kM), px(space::kM), px(space::kM));
    row->setSpacing(px(space::kXs));
    QPushButton* const in = makeButton(tr("Import…"), foot, ButtonRole::Quiet);
    QPushButton* const out = makeButton(tr("Export…"), foot, ButtonRole::Quiet);
    in->setObjectName(u"importConnections"_s);
    out->setObjectName(u"exportConnections"_s);
    out->setAccessibleDescription(tr("without passwords"));
    connect(in, &QPushButton::clicked, this, &ConnectionsPage::import);
    connect(out, &QPushButton::clicked, this, &ConnectionsPage::exportAll);
    row->addWidget(in);
    row->addWidget(out);
    row->addWidget(new Label(tr("without passwords"), TextRole::Small, Color::Muted));
    row->addStretch(1);
    row->addWidget(
        new ElidedLabel(tr("Asked once a minute while this page is open. Nothing is changed."),
                        TextRole::Small, Color::Muted),
        4);
    return foot;
}

QWidget* ConnectionsPage::makeSide()
{
    auto* side = new Surface(Color::Window, this, Qt::LeftEdge);
    side->setObjectName(u"side"_s);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(px(space::kL + space::kXs), px(space::kL), px(space::kL), 0);
    head->setSpacing(px(space::kS));
    m_title->setObjectName(u"connectionTitle"_s);
    head->addWidget(m_title);
    static_cast<EnvironmentMark*>(m_mark)->setOnPage(true);
    head->addWidget(m_mark);
    head->addStretch(1);
    auto* menu = new QMenu(m_more);
    menu->addAction(makeIcon(Icon::Copy), tr("&Duplicate"), this, &ConnectionsPage::duplicate);
    m_more->setObjectName(u"more"_s);
    openBelow(m_more, menu);
    head->addWidget(m_more);

    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(px(space::kL + space::kXs), px(space::kM), px(space::kL),
                               px(space::kM));
    column->setSpacing(px(space::kM));
    column->addWidget(m_form);
    column->addWidget(new Hairline);
    column->addWidget(makeTest());
    column->addStretch(1);
    auto* scroll = new QScrollArea(side);
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    inner->setAutoFillBackground(false);
    auto* all = new QVBoxLayout(side);
    all->setContentsMargins({});
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(scroll, 1);
    all->addWidget(makeSideFoot());
    return side;
}

QWidget* ConnectionsPage::makeTest()
{
    auto* test = new QWidget(this);
    auto* column = new QVBoxLayout(test);
    column->setContentsMargins({});
    column->setSpacing(px(space::kM));
    auto* head = new QHBoxLayout;
    head->setSpacing(px(space::kS));
    head->addWidget(new Label(tr("Test"), TextRole::Strong));
    head->addWidget(m_tested);
    head->addStretch(1);
    m_test->setObjectName(u"test"_s);
    connect(m_test, &QPushButton::clicked, this, &ConnectionsPage::test);
    head->addWidget(m_test);
    column->addLayout(head);
    column->addWidget(m_steps);
    return test;
}

QWidget* ConnectionsPage::makeSideFoot()
{
    auto* foot = new Surface(Color::Window, this, Qt::TopEdge);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(px(space::kM), px(space::kM), px(space::kL), px(space::kM));
    row->setSpacing(px(space::kS));
    row->addWidget(m_remove);
    row->addStretch(1);
    for (QPushButton* button : {m_openReadOnly, m_save, m_open})
        row->addWidget(button);
    m_remove->setObjectName(u"removeConnection"_s);
    m_openReadOnly->setObjectName(u"openReadOnly"_s);
    m_save->setObjectName(u"saveConnection"_s);
    m_open->setObjectName(u"openConnection"_s);
    connect(m_remove, &QPushButton::clicked, this, &ConnectionsPage::remove);
    connect(m_openReadOnly, &QPushButton::clicked, this, [this] { open(true); });
    connect(m_save, &QPushButton::clicked, this, [this] { save(false, false); });
    connect(m_open, &QPushButton::clicked, this, [this] { open(false); });
    return foot;
}

QList<QWidget*> ConnectionsPage::regions()
{
    return {m_sought, m_table, m_form->firstField(), m_test, m_open};
}

QWidget* ConnectionsPage::mainWidget()
{
    return m_table->isVisible() ? static_cast<QWidget*>(m_table) : m_form->firstField();
}

void ConnectionsPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT leaveWanted();
    else
        Page::keyPressEvent(event);
}

void ConnectionsPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    const bool isNarrow = width() < px(kNarrow);
    findChild<QWidget*>(u"side"_s)->setFixedWidth(px(isNarrow ? kNarrowSide : kSide));
    for (const Column column : {Column::Table, Column::Failed, Column::LastUsed})
        m_table->setColumnHidden(column, isNarrow);
}

void ConnectionsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    read();
    m_minute.start();
}

void ConnectionsPage::hideEvent(QHideEvent* event)
{
    m_minute.stop(); // nobody looks
    Page::hideEvent(event);
}

void ConnectionsPage::updateButtons()
{
    const domain::Profile profile = m_form->profile();
    const bool hasAddress = !profile.address.isEmpty();
    const bool isReadOnly = profile.rules.safety == domain::Safety::ReadOnly;
    m_title->setText(profile.rules.name.isEmpty() ? tr("New connection")
                                                  : showControls(profile.rules.name));
    static_cast<EnvironmentMark*>(m_mark)->setEnvironment(profile.rules.environment);
    m_more->setEnabled(!m_id.isEmpty());
    m_remove->setEnabled(!m_id.isEmpty() && !m_isBusy && !m_saved.isNewer);
    m_save->setEnabled(hasAddress && m_form->isChanged() && !m_isBusy && !m_saved.isNewer);
    m_open->setEnabled(hasAddress && !m_isBusy);
    m_openReadOnly->setEnabled(hasAddress && !m_isBusy && !isReadOnly);
    m_test->setEnabled(hasAddress);
    m_test->setText(m_tested->text().isEmpty() ? tr("Test") : tr("Test Again"));
}

void ConnectionsPage::updateOffer()
{
    m_offer->setVisible(!m_offered.isEmpty() && !service::maskedAddress(m_offered).isEmpty() &&
                        !service::profilestore::profileOf(m_saved.profiles, m_offered));
}

void ConnectionsPage::say(const QString& line, bool isError, const QString& button)
{
    m_strip->say(isError ? Strip::Kind::Error : Strip::Kind::Info, line, button);
}

void ConnectionsPage::openEnded(const QString& trouble)
{
    m_isBusy = false;
    if (!trouble.isEmpty())
        say(trouble, true);
    updateButtons();
}

} // namespace queuedeck::ui
