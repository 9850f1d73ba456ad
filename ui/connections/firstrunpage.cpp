// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/firstrunpage.h"

#include "ui/connections/choicebutton.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/stylepaint.h"

#include <QComboBox>
#include <QPainter>
#include <QVBoxLayout>

namespace queuedeck::ui {
namespace {

constexpr int kWidth = 680;

/// The line that offers what DATABASE_URL names: a plain background, not itself a control.
class UrlGround : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const bool isContrast = Appearance::instance().theme() == Theme::HighContrast;
        paintBox(painter, rect(), tokenColor(Color::OkBg),
                 isContrast ? tokenColor(Color::Completed) : QColor(Qt::transparent));
        const int icon = px(size::kIcon);
        paintIcon(painter, QRect(px(14), (height() - icon) / 2, icon, icon), Icon::Check,
                  tokenColor(Color::Text));
    }
};

QWidget* makeHead()
{
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, px(10));
    row->setSpacing(px(space::kL));
    auto* icon = new QLabel;
    const int side = px(52);
    icon->setPixmap(makeIcon(Icon::App).pixmap(QSize(side, side), head->devicePixelRatioF()));
    row->addWidget(icon);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    auto* name = new Label(FirstRunPage::tr("Queuedeck"), TextRole::Figure);
    name->setMinimumHeight(px(26));
    words->addStretch(1);
    words->addWidget(name);
    words->addWidget(
        new Label(FirstRunPage::tr("Watch and run a job queue that lives in a database."),
                  TextRole::Body, Color::Muted));
    words->addStretch(1);
    row->addLayout(words, 1);
    return head;
}

QComboBox* addCombo(QHBoxLayout* row, const QString& label, const QStringList& items, int current)
{
    auto* combo = new QComboBox;
    combo->addItems(items);
    combo->setCurrentIndex(current);
    combo->setAccessibleName(label);
    combo->setMinimumWidth(px(110));
    auto* words = new Label(label, TextRole::Small, Color::Muted);
    words->setBuddy(combo); // on X11 a combo box is named by its label only
    if (row->count() > 0)
        row->addSpacing(px(14));
    row->addWidget(words);
    row->addWidget(combo);
    return combo;
}

} // namespace

FirstRunPage::FirstRunPage(const FirstRunInfo& info, QWidget* parent)
    : Page(QStringLiteral("first-run"), QString(), Icon::App, parent)
{
    setAccessibleName(tr("First run"));
    setStatusTexts({tr("Not connected")});
    auto* column = new QVBoxLayout;
    column->setSpacing(px(space::kM));
    column->addWidget(makeHead());
    if (!info.databaseUrl.isEmpty()) {
        QPushButton* look = addUrlLine(column, tr("%1 is set:").arg(info.variable),
                                       info.databaseUrl, tr("Look at It, Read-Only"));
        look->setObjectName(QStringLiteral("lookReadOnly"));
        connect(look, &QPushButton::clicked, this, &FirstRunPage::surveyChosen);
    }
    if (!info.lastAddress.isEmpty()) {
        QPushButton* last =
            addUrlLine(column, tr("Last opened:"), info.lastAddress, tr("Connect Again…"));
        last->setObjectName(QStringLiteral("connectAgain"));
        connect(last, &QPushButton::clicked, this, &FirstRunPage::lastChosen);
    }
    addChoices(info, column);
    column->addSpacing(px(space::kM));
    column->addLayout(makeSettings(info));
    column->addSpacing(px(space::kXxs));
    auto* note = new Label(
        tr("Queuedeck sends nothing to its makers. Passwords are kept in the keychain of this "
           "computer; without one, until you quit."),
        TextRole::Small, Color::Muted);
    note->setWordWrap(true);
    column->addWidget(note);

    auto* middle = new QWidget;
    middle->setLayout(column);
    column->setContentsMargins(0, 0, 0, 0);
    middle->setFixedWidth(px(kWidth));
    auto* all = new QVBoxLayout(this);
    all->addStretch(1);
    all->addWidget(middle, 0, Qt::AlignHCenter);
    all->addStretch(1);
}

QPushButton* FirstRunPage::addUrlLine(QVBoxLayout* column, const QString& title, const QString& url,
                                      const QString& button)
{
    auto* line = new UrlGround;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(px(40), px(10), px(10), px(10));
    row->setSpacing(px(space::kM));
    auto* words = new QVBoxLayout;
    words->setSpacing(px(space::kXxs));
    words->addWidget(new Label(title, TextRole::Body));
    auto* address = new ElidedLabel(url, TextRole::Mono);
    address->setElideMode(Qt::ElideMiddle);
    words->addWidget(address);
    row->addLayout(words, 1);
    QPushButton* choose = makeButton(button, line);
    choose->setAccessibleDescription(url);
    row->addWidget(choose);
    column->addWidget(line);
    return choose;
}

void FirstRunPage::addChoices(const FirstRunInfo& info, QVBoxLayout* column)
{
    const auto add = [this, column](const char* name, Icon icon, const QString& title,
                                    const QString& text, void (FirstRunPage::*chosen)()) {
        auto* choice = new ChoiceButton(icon, title, text, this);
        choice->setObjectName(QLatin1String(name));
        connect(choice, &ChoiceButton::clicked, this, chosen);
        column->addWidget(choice);
        return choice;
    };
    m_first =
        add("connect", Icon::Database, tr("Connect to a database"),
            tr("PostgreSQL or SQLite. Queuedeck looks first and changes nothing until you say so."),
            &FirstRunPage::connectChosen);
    add("sample", Icon::Scans, tr("Try it with sample data"),
        tr("%1 jobs and %2 cards on this computer. Needs no key and no network.")
            .arg(info.sampleJobs)
            .arg(info.sampleCards),
        &FirstRunPage::sampleChosen);
    add("empty", Icon::Plus, tr("Start an empty queue here"),
        tr("A new SQLite file in your data folder. Scan cards, enqueue jobs, run them."),
        &FirstRunPage::emptyChosen);
    setFocusProxy(m_first);
}

QHBoxLayout* FirstRunPage::makeSettings(const FirstRunInfo& info)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(px(space::kS));
    if (info.languages.size() > 1) {
        QComboBox* language = addCombo(row, tr("Language"), info.languages, info.language);
        connect(language, &QComboBox::activated, this, &FirstRunPage::languageChosen);
    }
    QComboBox* appearance = addCombo(
        row, tr("Appearance"), {tr("Match system"), tr("Light"), tr("Dark"), tr("High contrast")},
        static_cast<int>(Appearance::instance().choice()));
    connect(appearance, &QComboBox::activated, this, [this](int index) {
        const auto choice = static_cast<ThemeChoice>(index);
        Appearance::instance().choose(choice);
        Q_EMIT appearanceChosen(choice);
    });
    QComboBox* times = addCombo(row, tr("Times"), {tr("UTC"), tr("Local time")},
                                timeZone() == TimeZone::Local ? 1 : 0);
    connect(times, &QComboBox::activated, this,
            [this](int index) { Q_EMIT timesChosen(index == 1); });
    row->addStretch(1);
    return row;
}

void FirstRunPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_first->setFocus(Qt::TabFocusReason);
}

} // namespace queuedeck::ui
