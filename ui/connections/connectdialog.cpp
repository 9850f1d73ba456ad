// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectdialog.h"

#include "core/async/deliver.h"
#include "ui/connections/surveyview.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/windowplace.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

ConnectDialog::ConnectDialog(QWidget* parent)
    : QDialog(parent)
    , m_address(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_survey(new SurveyView)
    , m_scroll(new QScrollArea(this))
    , m_strip(new Strip(this))
    , m_surveyButton(makeButton(tr("Look"), this, ButtonRole::Primary))
    , m_open(makeButton(tr("Open"), this, ButtonRole::Primary))
    , m_openReadOnly(makeButton(tr("Open Read-Only"), this))
{
    setWindowTitle(tr("Connect to a database"));
    stayOnScreen(*this);
    setMinimumWidth(px(640));
    auto* head = new Label(tr("Which database?"), TextRole::Title, Color::Text, this);
    auto* hint = new Label(tr("PostgreSQL or SQLite. Write the address as "
                              "postgresql://user@host:5432/database?schema=public or "
                              "sqlite:/path/jobs.db. A password that worked is kept in the "
                              "keychain of this computer and need not be typed again; without a "
                              "keychain it is kept until Queuedeck ends."),
                           TextRole::Body, Color::Muted, this);
    hint->setWordWrap(true);
    m_address->setAccessibleName(tr("Address"));
    m_address->setFont(textFont(TextRole::Mono));
    m_password->setAccessibleName(tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData |
                                    Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_password->setPlaceholderText(tr("empty: the one in the keychain, if any"));
    auto* file = makeButton(tr("Choose a File…"), this);
    auto* cancel = makeButton(tr("Cancel"), this);

    // There may be many findings on a small screen: the buttons stay visible.
    m_scroll->setWidget(m_survey);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_survey->setAutoFillBackground(false);
    m_scroll->hide();

    auto* fields = new QGridLayout;
    fields->setHorizontalSpacing(px(space::kS));
    fields->setVerticalSpacing(px(space::kS));
    fields->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [text, field] :
         {std::pair{tr("Address"), m_address}, std::pair{tr("Password"), m_password}}) {
        auto* label = new Label(text, TextRole::Body, Color::Muted, this);
        label->setBuddy(field);
        fields->addWidget(label, row, 0);
        fields->addWidget(field, row++, 1);
    }
    fields->addWidget(file, 0, 2);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(px(space::kS));
    buttons->addWidget(m_surveyButton);
    buttons->addStretch();
    for (QPushButton* button : {cancel, m_openReadOnly, m_open})
        buttons->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kL));
    column->setSpacing(px(space::kM));
    column->addWidget(head);
    column->addWidget(hint);
    column->addLayout(fields);
    column->addWidget(m_strip);
    column->addWidget(m_scroll, 1);
    column->addSpacing(px(space::kS));
    column->addStretch();
    column->addLayout(buttons);

    connect(m_address, &QLineEdit::textChanged, this, &ConnectDialog::forget);
    connect(m_password, &QLineEdit::textChanged, this, &ConnectDialog::forget);
    // Pasted, or typed up to the @. A password still being typed is left where it is.
    connect(m_address, &QLineEdit::textEdited, this, [this](const QString& text) {
        const qsizetype grown = text.size() - std::exchange(m_typed, text.size());
        const bool isAfterUser =
            text.contains("://"_L1) && text.mid(m_address->cursorPosition() - 1, 1) == "@"_L1;
        if (grown > 1 || isAfterUser)
            takePassword();
    });
    connect(m_address, &QLineEdit::editingFinished, this, &ConnectDialog::takePassword);
    connect(file, &QPushButton::clicked, this, &ConnectDialog::chooseFile);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_surveyButton, &QPushButton::clicked, this, &ConnectDialog::readSurvey);
    connect(m_open, &QPushButton::clicked, this, &ConnectDialog::proceed);
    connect(m_openReadOnly, &QPushButton::clicked, this, [this] { want(true); });
    connect(m_survey, &SurveyView::choiceChanged, this, &ConnectDialog::updateButtons);
    connect(m_survey, &SurveyView::sqlWanted, this, &ConnectDialog::showSql);
    connect(m_survey, &SurveyView::otherWanted, this, &ConnectDialog::useOther,
            Qt::QueuedConnection); // the pressed button is deleted meanwhile
    updateButtons();
}

QString ConnectDialog::address() const
{
    return service::addressOf(
        service::AddressParts{m_address->text().trimmed(), m_password->text()});
}

// Setting the text also clears the undo history, which Ctrl+Z would bring back.
void ConnectDialog::takePassword()
{
    const service::AddressParts parts = service::partsOf(m_address->text());
    if (parts.password.isEmpty())
        return;
    m_address->setText(parts.address);
    m_password->setText(parts.password);
}

void ConnectDialog::setAddress(const QString& address)
{
    const service::AddressParts parts = service::partsOf(address);
    m_address->setText(parts.address);
    m_password->setText(parts.password);
}

void ConnectDialog::offer(const QString& address)
{
    setAddress(address);
    m_address->selectAll();
}

void ConnectDialog::surveyAt(const QString& address, bool wantsTables)
{
    setAddress(address);
    m_wantsTables = wantsTables;
    readSurvey();
}

// The findings belong to the address that was inspected.
void ConnectDialog::forget()
{
    if (!m_address->isModified())
        m_typed = m_address->text().size();
    m_hasSurvey = false;
    m_mayOpen = false;
    m_wantsTables = false;
    m_survey->clear();
    m_scroll->hide();
    m_strip->hide();
    updateButtons();
}

void ConnectDialog::updateButtons()
{
    const bool hasText = !m_address->text().trimmed().isEmpty();
    m_surveyButton->setEnabled(hasText && !m_isBusy);
    m_surveyButton->setText(m_hasSurvey ? tr("Look Again") : tr("Look"));
    setButtonRole(m_surveyButton, m_hasSurvey ? ButtonRole::Normal : ButtonRole::Primary);
    const bool creates = m_survey->wantsTables();
    m_open->setVisible(m_hasSurvey);
    m_openReadOnly->setVisible(m_hasSurvey && m_mayOpen);
    m_open->setEnabled((m_mayOpen || creates) && !m_isBusy);
    m_openReadOnly->setEnabled(m_mayOpen && !m_isBusy);
    m_open->setText(creates ? tr("Create %1 Tables and Open").arg(service::companionTables())
                            : tr("Open"));
    (m_hasSurvey && m_open->isEnabled() ? m_open : m_surveyButton)->setDefault(true);
}

void ConnectDialog::readSurvey()
{
    takePassword();
    say(Strip::Kind::Info, tr("Looking. Nothing is changed."));
    m_isBusy = true;
    m_survey->clear();
    updateButtons();
    async::deliver(service::survey(address()), this,
                   [this, asked = address()](const base::Result<service::Survey>& survey) {
                       m_isBusy = false;
                       if (asked == address())
                           showSurvey(survey);
                       else
                           updateButtons();
                   });
}

void ConnectDialog::showSurvey(const base::Result<service::Survey>& survey)
{
    if (!survey) {
        showError(errorLine(survey.error()));
        return;
    }
    m_strip->hide();
    m_hasSurvey = true;
    m_survey->show(*survey, m_wantsTables);
    // A SQLite file cannot be opened as a guest, without Queuedeck's own tables.
    m_mayOpen = survey->hasJob && (survey->hasCompanions || !survey->isFile);
    updateButtons();
    m_scroll->show();
    fitHeight();
    if (m_open->isEnabled())
        m_open->setFocus();
    else if (QWidget* other = m_survey->firstOther())
        other->setFocus();
}

void ConnectDialog::useOther(const service::OtherQueue& queue)
{
    const auto named = service::addressOf(address(), queue);
    if (named)
        surveyAt(*named);
    else
        showError(errorLine(named.error()));
}

// A dialog does not grow by itself when text wraps.
void ConnectDialog::fitHeight()
{
    m_strip->layout()->activate(); // else the height is that of its previous text
    layout()->activate();
    int wanted = layout()->totalHeightForWidth(width());
    if (!m_scroll->isHidden())
        wanted += m_survey->heightForWidth(m_scroll->viewport()->width()) + px(space::kXl) -
                  m_scroll->sizeHint().height();
    const int most =
        (parentWidget() ? parentWidget()->window()->height() : px(900)) - px(space::kXxl);
    resize(width(), std::max(height(), std::min(wanted, most)));
}

void ConnectDialog::say(Strip::Kind kind, const QString& line)
{
    m_strip->say(kind, line);
    fitHeight();
}

void ConnectDialog::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    fitHeight();
}

void ConnectDialog::proceed()
{
    if (!m_survey->wantsTables()) {
        want(false);
        return;
    }
    say(Strip::Kind::Info, tr("Creating the tables…"));
    m_isBusy = true;
    updateButtons();
    async::deliver(service::createTables(address()), this, [this](const base::Result<int>& made) {
        m_isBusy = false;
        if (made)
            want(false);
        else
            showError(errorLine(made.error()));
    });
}

void ConnectDialog::showError(const QString& line)
{
    say(Strip::Kind::Error, line);
    m_isBusy = false;
    updateButtons();
    m_address->setFocus();
}

void ConnectDialog::want(bool isReadOnly)
{
    say(Strip::Kind::Info, tr("Opening…"));
    m_isBusy = true;
    updateButtons();
    Q_EMIT openWanted(address(), isReadOnly);
}

void ConnectDialog::showSql()
{
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("What would be run"));
    auto* text = new QPlainTextEdit(service::tablesSql(address()), dialog);
    text->setReadOnly(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setFont(textFont(TextRole::Mono));
    text->setAccessibleName(tr("SQL"));
    auto* hint = new Label(tr("What already exists is left as it is. The same as "
                              "queuedeckctl init --print-sql."),
                           TextRole::Small, Color::Muted, dialog);
    auto* close = makeButton(tr("Close"), dialog);
    connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
    auto* column = new QVBoxLayout(dialog);
    column->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kL));
    column->setSpacing(px(space::kM));
    column->addWidget(hint);
    column->addWidget(text, 1);
    column->addWidget(close, 0, Qt::AlignRight);
    dialog->resize(px(760), px(560));
    dialog->open();
}

void ConnectDialog::chooseFile()
{
    auto* chooser = new QFileDialog(this, tr("Choose a SQLite database"));
    chooser->setFileMode(QFileDialog::ExistingFile);
    chooser->setNameFilters(
        {tr("SQLite databases (*.db *.sqlite *.sqlite3)"), tr("All files (*)")});
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    connect(chooser, &QFileDialog::fileSelected, this,
            [this](const QString& path) { setAddress(u"sqlite:"_s + path); });
    chooser->open();
}

} // namespace queuedeck::ui
