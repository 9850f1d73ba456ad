// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectdialog.h"

#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

ConnectDialog::ConnectDialog(QWidget* parent)
    : QDialog(parent)
    , m_address(new QLineEdit(this))
    , m_strip(new Strip(this))
    , m_open(makeButton(tr("Open"), this, ButtonRole::Primary))
    , m_openReadOnly(makeButton(tr("Open Read-Only"), this))
{
    setWindowTitle(tr("Connect to a database"));
    setMinimumWidth(px(620));
    auto* head = new Label(tr("Which database?"), TextRole::Title, Color::Text, this);
    auto* hint = new Label(tr("PostgreSQL or SQLite. The address is written as\n"
                              "postgresql://user:password@host:5432/database or "
                              "sqlite:/path/jobs.db"),
                           TextRole::Body, Color::Muted, this);
    auto* label = new Label(tr("Address"), TextRole::Body, Color::Muted, this);
    label->setBuddy(m_address);
    m_address->setAccessibleName(tr("Address"));
    m_address->setFont(textFont(TextRole::Mono));
    auto* file = makeButton(tr("Choose a File…"), this);
    auto* cancel = makeButton(tr("Cancel"), this);

    auto* row = new QHBoxLayout;
    row->setSpacing(px(space::kS));
    row->addWidget(label);
    row->addWidget(m_address, 1);
    row->addWidget(file);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(px(space::kS));
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_openReadOnly);
    buttons->addWidget(m_open);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kL));
    column->setSpacing(px(space::kM));
    for (QWidget* widget : {static_cast<QWidget*>(head), static_cast<QWidget*>(hint)})
        column->addWidget(widget);
    column->addLayout(row);
    column->addWidget(m_strip);
    column->addSpacing(px(space::kS));
    column->addLayout(buttons);

    m_open->setDefault(true);
    const auto enable = [this] {
        const bool hasText = !m_address->text().trimmed().isEmpty();
        m_open->setEnabled(hasText);
        m_openReadOnly->setEnabled(hasText);
    };
    connect(m_address, &QLineEdit::textChanged, this, enable);
    enable();
    connect(file, &QPushButton::clicked, this, &ConnectDialog::chooseFile);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_open, &QPushButton::clicked, this, [this] { want(false); });
    connect(m_openReadOnly, &QPushButton::clicked, this, [this] { want(true); });
}

void ConnectDialog::showError(const QString& line)
{
    m_strip->say(Strip::Kind::Error, line);
    m_open->setEnabled(true);
    m_openReadOnly->setEnabled(true);
    m_address->setFocus();
}

void ConnectDialog::want(bool isReadOnly)
{
    m_strip->say(Strip::Kind::Info, tr("Looking…"));
    m_open->setEnabled(false);
    m_openReadOnly->setEnabled(false);
    Q_EMIT openWanted(m_address->text().trimmed(), isReadOnly);
}

void ConnectDialog::chooseFile()
{
    auto* chooser = new QFileDialog(this, tr("Choose a SQLite database"));
    chooser->setFileMode(QFileDialog::ExistingFile);
    chooser->setNameFilters({tr("SQLite databases (*.db *.sqlite *.sqlite3)"), tr("All files (*)")});
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    connect(chooser, &QFileDialog::fileSelected, this,
            [this](const QString& path) { m_address->setText(u"sqlite:"_s + path); });
    chooser->open();
}

} // namespace queuedeck::ui
