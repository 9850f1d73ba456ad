// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingsdialog.h"

#include "ui/settings/settingrow.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/windowplace.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
// What the list at the side chooses: a group by its number, or one of these.
enum Special { kAll = -1, kChanged = -2, kOnlyHere = -3 };
} // namespace

SettingsDialog::SettingsDialog(const SettingItems& items, QWidget* parent)
    : QDialog(parent)
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_heading(new Label({}, TextRole::Title))
    , m_nothing(new Label({}, TextRole::Body, Color::Muted))
    , m_resetAll(makeButton(Icon::Undo, {}, this))
{
    setObjectName(u"settingsDialog"_s);
    setWindowTitle(tr("Settings"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    stayOnScreen(*this);
    for (const SettingItem& item : items)
        m_hasConnection = m_hasConnection || !item.where.isEmpty();
    auto* row = new QHBoxLayout;
    row->setContentsMargins({});
    row->setSpacing(0);
    row->addWidget(makeSide(items));
    row->addWidget(makeMain(items), 1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(0);
    all->addLayout(row, 1);
    const QSize wanted(px(900), px(640));
    const int edge = px(space::kXxl);
    resize(parent ? wanted.boundedTo(parent->window()->size() - QSize(edge, edge)) : wanted);
    fillGroups();
    m_list->setCurrentRow(0);
    showMatching();
    m_search->setFocus(Qt::TabFocusReason);
}

QWidget* SettingsDialog::makeSide(const SettingItems&)
{
    auto* side = new Surface(Color::Sunken, this, Qt::RightEdge);
    side->setFixedWidth(px(size::kSidebar));
    m_search->setObjectName(u"settingsSearch"_s);
    m_search->setAccessibleName(tr("Find a setting"));
    m_search->setPlaceholderText(tr("Find a setting"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(u"settingsGroups"_s);
    m_list->setAccessibleName(tr("Groups of settings"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setIconSize(QSize(px(16), px(16)));
    m_list->viewport()->setAutoFillBackground(false); // what lies below shows
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(px(space::kS), px(space::kS), px(space::kS), px(space::kS));
    column->setSpacing(px(space::kS));
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    connect(m_search, &QLineEdit::textChanged, this, [this] {
        m_list->setCurrentRow(0); // among all
        showMatching();
    });
    connect(m_list, &QListWidget::currentRowChanged, this, &SettingsDialog::showMatching);
    return side;
}

QWidget* SettingsDialog::makeMain(const SettingItems& items)
{
    auto* main = new QWidget(this);
    m_heading->setObjectName(u"settingsHeading"_s);
    m_resetAll->setObjectName(u"resetAll"_s);
    m_resetAll->setAutoDefault(false);
    auto* done = makeButton(tr("Done"), main, ButtonRole::Primary);
    done->setObjectName(u"done"_s);
    done->setAutoDefault(false);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(px(space::kL), px(space::kS), px(space::kM), px(space::kS));
    head->setSpacing(px(space::kS));
    head->addWidget(m_heading, 1);
    head->addWidget(m_resetAll);
    head->addWidget(done);

    auto* content = new QWidget(main);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kL));
    column->setSpacing(px(space::kL));
    m_nothing->setObjectName(u"nothingFound"_s);
    column->addWidget(m_nothing);
    for (const SettingItem& item : items) {
        if (m_groups.isEmpty() || m_groups.last().title != item.group) {
            auto* panel = new Panel(item.group, Panel::Content::Flush, content);
            auto* count = new Label({}, TextRole::Small, Color::Muted);
            panel->addToHead(count);
            column->addWidget(panel);
            m_groups += {item.group, panel, count, {}};
        }
        auto* row = new SettingRow(item, m_groups.last().widget);
        m_groups.last().widget->content()->addWidget(row);
        m_groups.last().rows += row;
        connect(row, &SettingRow::changed, this, &SettingsDialog::showChanges);
    }
    column->addStretch(1);
    m_scroll = makeScrollColumn(content, main);
    auto* foot =
        new Label(tr("Changes take effect at once and are saved."), TextRole::Small, Color::Muted);
    foot->setContentsMargins(px(space::kL), px(space::kXs), px(space::kL), px(space::kXs));
    auto* all = new QVBoxLayout(main);
    all->setContentsMargins({});
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(new Hairline);
    all->addWidget(m_scroll, 1);
    all->addWidget(new Hairline);
    all->addWidget(foot);
    connect(done, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_resetAll, &QPushButton::clicked, this, &SettingsDialog::resetAll);
    return main;
}

void SettingsDialog::fillGroups()
{
    const auto add = [this](Icon icon, const QString& text, int what) {
        auto* entry = new QListWidgetItem(makeIcon(icon), text, m_list);
        entry->setData(Qt::UserRole, what);
        entry->setSizeHint(QSize(0, px(size::kRow)));
    };
    add(Icon::Settings, tr("All settings"), kAll);
    for (qsizetype i = 0; i < m_groups.size(); ++i)
        add(m_groups[i].rows.first()->item().icon, m_groups[i].title, int(i));
    add(Icon::Edit, tr("Changed by you"), kChanged);
    if (m_hasConnection)
        add(Icon::Database, tr("Only for this connection"), kOnlyHere);
}

void SettingsDialog::setSearch(const QString& text)
{
    m_search->setText(text);
}

bool SettingsDialog::isShown(const SettingItem& item) const
{
    if (!item.matches(m_search->text()))
        return false;
    const QListWidgetItem* entry = m_list->currentItem();
    const int what = entry ? entry->data(Qt::UserRole).toInt() : kAll;
    switch (what) {
    case kAll: return true;
    case kChanged: return item.isChanged();
    case kOnlyHere: return !item.where.isEmpty();
    default: return item.group == m_groups[what].title;
    }
}

void SettingsDialog::showMatching()
{
    const QString search = m_search->text().trimmed();
    int shown = 0;
    for (const Group& group : std::as_const(m_groups)) {
        int here = 0;
        SettingRow* last = nullptr;
        for (SettingRow* row : group.rows) {
            const bool isVisible = isShown(row->item());
            row->setVisible(isVisible);
            row->mark(search);
            row->setLine(true);
            here += isVisible ? 1 : 0;
            last = isVisible ? row : last;
        }
        if (last)
            last->setLine(false);
        group.widget->setVisible(here > 0);
        group.count->setText(
            here < group.rows.size() ? tr("%1 of %2").arg(here).arg(group.rows.size()) : QString());
        shown += here;
    }
    m_heading->setText(
        search.isEmpty() || shown == 0
            ? tr("Settings")
            : base::counted("SettingsDialog", QT_TRANSLATE_NOOP("SettingsDialog", "1 setting with"),
                            QT_TRANSLATE_N_NOOP("SettingsDialog", "%L1 settings with"), shown) +
                  u" “"_s + showControls(search) + u'”');
    m_nothing->setText(search.isEmpty() ? tr("Nothing was changed.")
                                        : tr("No setting with “%1”.").arg(showControls(search)));
    m_nothing->setVisible(shown == 0);
    showChanges();
}

void SettingsDialog::showChanges()
{
    int changes = 0;
    for (const Group& group : std::as_const(m_groups)) {
        for (const SettingRow* row : group.rows)
            changes += row->item().isChanged() ? 1 : 0;
    }
    m_resetAll->setVisible(changes > 0);
    m_resetAll->setText(
        base::counted("SettingsDialog", QT_TRANSLATE_NOOP("SettingsDialog", "Reset 1 Change"),
                      QT_TRANSLATE_N_NOOP("SettingsDialog", "Reset %L1 Changes"), changes));
}

void SettingsDialog::resetAll()
{
    for (const Group& group : std::as_const(m_groups)) {
        for (SettingRow* row : group.rows) {
            if (row->item().isChanged())
                row->reset();
        }
    }
    showMatching();
}

} // namespace queuedeck::ui
