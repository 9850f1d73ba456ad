// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/keysheet.h"

#include "ui/actions/actionset.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace queuedeck::ui {
namespace {

QString keysText(const ActionInfo& info)
{
    QStringList keys;
    for (const QKeySequence& key : keysOf(info))
        keys.append(key.toString(QKeySequence::NativeText));
    return keys.join(QStringLiteral(", "));
}

/// One group of the sheet: a head, then keys and what they do.
class KeyGroup : public QWidget
{
public:
    explicit KeyGroup(const QString& title)
        : m_grid(new QGridLayout(this))
    {
        m_grid->setContentsMargins(0, 0, 0, px(space::kM));
        m_grid->setHorizontalSpacing(px(space::kL));
        m_grid->setVerticalSpacing(px(space::kXs));
        m_grid->setColumnMinimumWidth(0, px(112));
        m_grid->setColumnStretch(1, 1);
        m_grid->addWidget(new SectionHead(title), 0, 0, 1, 2);
    }

    void add(const QString& keys, const QString& text)
    {
        const int row = m_grid->rowCount();
        m_grid->addWidget(new Label(keys, TextRole::Strong), row, 0);
        m_grid->addWidget(new Label(text), row, 1);
    }

    bool isEmpty() const { return m_grid->rowCount() < 2; }

private:
    QGridLayout* m_grid;
};

void addClose(QDialog* dialog, QBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    QPushButton* close = makeButton(KeySheet::tr("Close"), dialog);
    close->setDefault(true);
    row->addStretch(1);
    row->addWidget(close);
    layout->addLayout(row);
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
    close->setFocus();
}

} // namespace

KeySheet::KeySheet(QWidget* parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keys"));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(px(space::kXl));
    auto* left = new QVBoxLayout;
    auto* right = new QVBoxLayout;
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    for (int m = 0; m < static_cast<int>(MenuId::Count); ++m) {
        const auto menu = static_cast<MenuId>(m);
        auto* group = new KeyGroup(menuTitle(menu).remove(QLatin1Char('&')));
        for (const ActionInfo& info : actionTable()) {
            if (info.menu == menu && *info.keys)
                group->add(keysText(info), plainText(info));
        }
        if (group->isEmpty()) {
            delete group;
            continue;
        }
        (menu == MenuId::Connection || menu == MenuId::Edit || menu == MenuId::Scan ||
                 menu == MenuId::Help
             ? left
             : right)
            ->addWidget(group);
    }
    auto* table = new KeyGroup(tr("In a table"));
    table->add(tr("J, K, arrows"), tr("Move"));
    table->add(tr("X, Space"), tr("Select or unselect"));
    table->add(tr("Enter, Esc"), tr("Open, close the detail"));
    table->add(tr("F6, Shift+F6"), tr("Next, previous part of the window"));
    left->addWidget(table);
    left->addStretch(1);
    right->addStretch(1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kL));
    all->addLayout(columns, 1);
    all->addWidget(new Label(tr("Single letters act only while a table has the focus."),
                             TextRole::Small, Color::Muted));
    addClose(this, all);
    resize(px(640), sizeHint().height());
}

AboutBox::AboutBox(QWidget* parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("About Queuedeck"));
    auto* head = new QHBoxLayout;
    head->setSpacing(px(space::kL));
    auto* icon = new QLabel;
    const int side = px(52);
    icon->setPixmap(makeIcon(Icon::App).pixmap(QSize(side, side), devicePixelRatioF()));
    head->addWidget(icon);
    auto* words = new QVBoxLayout;
    words->setSpacing(px(space::kXxs));
    words->addWidget(new Label(tr("Queuedeck"), TextRole::Finding));
    words->addWidget(new Label(tr("Watch and run a job queue that lives in a database."),
                               TextRole::Body, Color::Muted));
    head->addLayout(words, 1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kL));
    all->setSpacing(px(space::kM));
    all->addLayout(head);
    all->addWidget(
        new Label(tr("Version %1, with Qt %2")
                      .arg(QStringLiteral(QUEUEDECK_VERSION), QString::fromLatin1(qVersion()))));
    all->addWidget(
        new Label(tr("Free software under the GNU General Public License, version 3 or later."),
                  TextRole::Small, Color::Muted));
    addClose(this, all);
}

} // namespace queuedeck::ui
