// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallerypages.h"

#include "ui/actions/actionbutton.h"
#include "ui/actions/actionset.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QRadioButton>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTabBar>

namespace queuedeck::ui {
namespace {

QString u(const char* text)
{
    return QString::fromUtf8(text);
}

SidebarItem facet(const char* key, Mark mark, const char* count, bool isChosen = false)
{
    return {u(key), markWord(mark), markIcon(mark), markColor(mark), u(count), isChosen};
}

QStandardItemModel* makeRows(QObject* parent, int count)
{
    auto* model = new QStandardItemModel(parent);
    model->setHorizontalHeaderLabels(
        {u("Status"), u("Type"), u("Id"), u("Tries"), u("Created"), u("Last error")});
    for (int column : {3, 4})
        model->setHeaderData(column, Qt::Horizontal, int(Qt::AlignRight | Qt::AlignVCenter),
                             Qt::TextAlignmentRole);
    const char* const errors[] = {"Vision request: timeout after 60 s (attempt 3 of 3)",
                                  "Database: statement timeout (10 s) while writing the result",
                                  "HTTP 504 Gateway Timeout from the vision API"};
    for (int row = 0; row < count; ++row) {
        const auto mark = row < 10 ? Mark::Failed : static_cast<Mark>(row % 7);
        QList<QStandardItem*> items;
        for (const QString& text :
             {markWord(mark), u("image_extraction"), u("7c1f09b") + QString::number(row % 10),
              u("3 / 3"), QString::number(row * 7 + 5) + u(" min"), u(errors[row % 3])})
            items.append(new QStandardItem(text));
        items[0]->setData(static_cast<int>(mark), role::Mark);
        items[2]->setData(true, role::FixedFont);
        items[3]->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        items[4]->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        items[5]->setData(true, role::Muted);
        for (QStandardItem* item : items) {
            item->setData(row < 2 && (item == items[0] || item == items[3]), role::Flash);
            item->setData(row >= count - 3, role::Absent);
        }
        model->appendRow(items);
    }
    return model;
}

DataTable* makeTable(QWidget* parent, int rows)
{
    auto* table = new DataTable(u("Jobs"), parent);
    table->setModel(makeRows(table, rows));
    const int widths[] = {112, 152, 96, 64, 84, 180};
    for (int i = 0; i < 6; ++i)
        table->setColumnWidth(i, px(widths[i]));
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setSortIndicatorShown(true);
    table->horizontalHeader()->setSortIndicator(4, Qt::DescendingOrder);
    table->selectRow(3);
    return table;
}

} // namespace

GalleryOverview::GalleryOverview()
    : Page(u("overview"), u("Overview"), Icon::Overview)
{
    setStatusTexts({u("One snapshot, 14:42:07 UTC"), u("read in 212 ms")});
    m_context.setItems({SidebarItem::head(u("Period")),
                        {u("15"), u("Last 15 min"), {}, {}, {}, false},
                        {u("60"), u("Last hour"), {}, {}, {}, true},
                        {u("24"), u("Last 24 hours"), {}, {}, {}, false},
                        SidebarItem::head(u("Type")),
                        {u("all"), u("All types"), {}, {}, {}, true},
                        {u("t1"), u("image_extraction"), {}, {}, {}, false}});
    auto* all = new QVBoxLayout(this);
    all->setSpacing(px(space::kM));
    auto* cards = new QHBoxLayout;
    cards->setSpacing(px(space::kM));
    struct
    {
        Mark mark;
        const char* title;
        const char* figure;
        const char* note;
        Color color;
    } figures[] = {
        {Mark::Pending, "Pending", "1,204", "oldest 6 min 10 s", Color::Stuck},
        {Mark::Processing, "Processing", "8", "8 live leases, 2 engines", Color::Muted},
        {Mark::Completed, "Completed, last hour", "2,318", "about 4.9 M in the table",
         Color::Muted},
        {Mark::Failed, "Failed, last hour", "212", "8.4 % of finished, was 0.9 %", Color::Failed},
        {Mark::Stuck, "Stuck", "3", "no live lease, 15 min or longer", Color::Muted},
        {Mark::Dead, "Dead", "12", "pending with 3 tries spent", Color::Muted}};
    for (const auto& figure : figures) {
        auto* card = new FigureCard(figure.mark, u(figure.title));
        card->setFigure(u(figure.figure));
        card->setNote(u(figure.note), figure.color);
        cards->addWidget(card);
    }
    all->addLayout(cards);
    auto* strip = new Strip;
    strip->setStrong(u("image_extraction fails more than usual."));
    strip->say(Strip::Kind::Warning, u("198 failures in the last hour. It began at 14:27."),
               u("Show the 187"));
    strip->setSecondButton(u("Snooze 1 h"));
    all->addWidget(strip);
    auto* panels = new QHBoxLayout;
    panels->setSpacing(px(space::kM));
    auto* finished = new Panel(u("Finished per minute"));
    finished->setNote(u("the last minute is not over"));
    finished->content()->addStretch();
    auto* oldest = new Panel(u("Oldest pending, minutes"));
    oldest->content()->addStretch();
    panels->addWidget(finished, 3);
    panels->addWidget(oldest, 2);
    all->addLayout(panels, 1);
    auto* types = new Panel(u("By type, last hour"), Panel::Content::Flush);
    types->addToHead(makeButton(u("All error groups"), types, ButtonRole::Link));
    types->content()->addWidget(makeTable(types, 4));
    all->addWidget(types, 1);
}

GalleryJobs::GalleryJobs(ActionSet& actions)
    : Page(u("jobs"), u("Jobs"), Icon::Jobs)
{
    setCount(u("≈ 4.9 M"));
    setStatusTexts({u("12,431 match"), u("1 selected"), u("Page 1 loaded in 84 ms")});
    m_context.setItems(
        {SidebarItem::head(u("Views")),
         {u("v1"), u("Failed last hour"), Icon::Bookmark, Color::Muted, u("212"), false},
         {u("v2"), u("Oldest pending"), Icon::Bookmark, Color::Muted, u("1,204"), false},
         SidebarItem::head(u("Status")),
         facet("pending", Mark::Pending, "1,204"),
         facet("processing", Mark::Processing, "8"),
         facet("completed", Mark::Completed, "≈ 4.9 M"),
         facet("failed", Mark::Failed, "49,731", true),
         facet("stuck", Mark::Stuck, "3"),
         facet("dead", Mark::Dead, "12"),
         facet("unknown", Mark::Unknown, "4"),
         SidebarItem::head(u("Type, of failed")),
         {u("t1"), u("image_extraction"), {}, {}, u("38,942"), true},
         {u("t2"), u("customer_enrichment"), {}, {}, u("6,118"), false}});
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    auto* query = new Surface(Color::Base, this, Qt::BottomEdge);
    query->setFixedHeight(px(size::kQueryBar));
    auto* queryRow = new QHBoxLayout(query);
    queryRow->setContentsMargins(px(12), 0, px(12), 0);
    auto* edit = new QLineEdit(u("status:failed type:image_extraction error:\"timeout\" age<2d"));
    edit->setFont(textFont(TextRole::Mono));
    edit->addAction(makeIcon(Icon::Filter), QLineEdit::LeadingPosition);
    queryRow->addWidget(edit, 1);
    queryRow->addWidget(makeButton(Icon::Columns, u("Columns"), query));
    all->addWidget(query);
    auto* bar = new Surface(Color::Window, this, Qt::BottomEdge);
    bar->setFixedHeight(px(size::kActionBar));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(px(12), 0, px(12), 0);
    auto* retry = new ActionButton(actions.action(ActionId::Retry));
    retry->setScopeText(u("Retry 1 selected"));
    row->addWidget(retry);
    row->addWidget(new ActionButton(actions.action(ActionId::Delete)));
    row->addWidget(makeIconButton(Icon::More, u("More"), bar));
    auto* retryAll = new ActionButton(actions.action(ActionId::RetryAll));
    retryAll->setScopeText(u("Retry all 12,431 that match…"));
    row->addWidget(retryAll);
    actions.setEnabled(ActionId::CleanUp, false, u("Not connected."));
    row->addWidget(new ActionButton(actions.action(ActionId::CleanUp)));
    row->addStretch();
    row->addWidget(
        new ActionButton(actions.action(ActionId::UploadCard), nullptr, ButtonRole::Primary));
    all->addWidget(bar);
    auto* strip = new Strip;
    strip->setFlush(true);
    strip->say(Strip::Kind::Warning, u("Paused. You see 14:38:07, 4 min ago."), u("Resume"),
               Icon::Pause);
    all->addWidget(strip);
    all->addWidget(makeTable(this, 40), 1);
}

GalleryWidgets::GalleryWidgets()
    : Page(u("scans"), u("Scans"), Icon::Scans)
{
    setCount(u("86,204"));
    auto* all = new QGridLayout(this);
    auto* form = new Panel(u("Controls"));
    QVBoxLayout* column = form->content();
    auto* buttons = new QHBoxLayout;
    for (const auto role : {ButtonRole::Normal, ButtonRole::Primary, ButtonRole::Danger,
                            ButtonRole::Quiet, ButtonRole::Link})
        buttons->addWidget(makeButton(Icon::Retry, u("Retry"), form, role));
    auto* off = makeButton(Icon::Retry, u("Retry"), form, ButtonRole::Primary);
    off->setEnabled(false);
    buttons->addWidget(off);
    buttons->addWidget(new CopyButton(u("Copy"), form));
    buttons->addStretch();
    column->addLayout(buttons);
    auto* checks = new QHBoxLayout;
    auto* checked = new QCheckBox(u("Completed"));
    checked->setChecked(true);
    auto* radio = new QRadioButton(u("Start again at 0"));
    radio->setChecked(true);
    auto* disabled = new QCheckBox(u("Off"));
    disabled->setEnabled(false);
    for (QWidget* w : QWidgetList{checked, new QCheckBox(u("Failed")), disabled, radio,
                                  new QRadioButton(u("Keep"))})
        checks->addWidget(w);
    checks->addStretch();
    column->addLayout(checks);
    auto* fields = new QHBoxLayout;
    auto* combo = new QComboBox;
    combo->addItems({u("All types"), u("image_extraction")});
    auto* empty = new QLineEdit;
    empty->setPlaceholderText(u("name, company, license number…"));
    for (QWidget* w : QWidgetList{combo, new QSpinBox, empty})
        fields->addWidget(w);
    column->addLayout(fields);
    auto* progress = new QProgressBar;
    progress->setValue(40);
    column->addWidget(progress);
    auto* tabs = new QTabBar;
    for (const char* tab : {"Payload", "Attempts 3", "Scan"})
        tabs->addTab(u(tab));
    column->addWidget(tabs);
    auto* log = new QPlainTextEdit(u("14:41:14.902 claimed, try 3 of 3, lease 30 s"));
    log->setFont(textFont(TextRole::Mono));
    column->addWidget(log);
    all->addWidget(form, 0, 0);

    auto* icons = new Panel(u("Icons"));
    auto* grid = new QGridLayout;
    for (int i = 0; i < static_cast<int>(Icon::Count); ++i) {
        QToolButton* button = makeIconButton(static_cast<Icon>(i), QString::number(i), icons);
        if (static_cast<Icon>(i) >= Icon::MarkPending && static_cast<Icon>(i) <= Icon::MarkUnknown)
            button->setIcon(
                makeIcon(static_cast<Icon>(i),
                         markColor(static_cast<Mark>(i - static_cast<int>(Icon::MarkPending)))));
        button->setIconSize(QSize(32, 32));
        grid->addWidget(button, i / 12, i % 12);
    }
    icons->content()->addLayout(grid);
    all->addWidget(icons, 0, 1);
    auto* states = new Panel(u("Nothing matches"), Panel::Content::Flush);
    auto* state = new EmptyState;
    state->show(Icon::Filter, u("No job matches this filter."),
                u("49,731 failed jobs exist without the rest of the filter."));
    state->addButton(makeButton(u("Remove error:\"timeout\""), state));
    state->addButton(makeButton(u("Clear Filter"), state, ButtonRole::Quiet));
    states->content()->addWidget(state, 1);
    all->addWidget(states, 1, 0);
    auto* strips = new Panel(u("Strips"));
    const Strip::Kind kinds[] = {Strip::Kind::Info, Strip::Kind::Ok, Strip::Kind::Warning,
                                 Strip::Kind::Error};
    for (const Strip::Kind kind : kinds) {
        auto* strip = new Strip;
        strip->say(kind, u("Still reading, 6 s. The database has not answered yet."), u("Stop"));
        strips->content()->addWidget(strip);
    }
    strips->content()->addWidget(new SectionHead(u("Section head")));
    strips->content()->addWidget(new Label(u("A finding of 18 px"), TextRole::Finding));
    strips->content()->addStretch();
    all->addWidget(strips, 1, 1);
}

} // namespace queuedeck::ui
