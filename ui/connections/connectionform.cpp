// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectionform.h"

#include "core/async/deliver.h"
#include "core/service/encryption.h"
#include "core/service/keyservice.h"
#include "core/service/survey.h"
#include "ui/widgets/label.h"
#include "ui/widgets/theme.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QRadioButton>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::Environment;
using domain::Safety;
using service::Encryption;

namespace {
QHBoxLayout* makeLine(QWidget* parent)
{
    auto* row = new QHBoxLayout(parent);
    row->setContentsMargins({});
    row->setSpacing(px(space::kM));
    return row;
}

// A value that is not offered, of a newer program or a hand, is kept as it is.
void choose(QComboBox* box, const QVariant& data)
{
    if (box->findData(data) < 0)
        box->addItem(data.toString(), data);
    box->setCurrentIndex(box->findData(data));
}
} // namespace

ConnectionForm::ConnectionForm(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_name(new QLineEdit(this))
    , m_address(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_kept(new Label({}, TextRole::Small, Color::Muted, this))
    , m_encryption(new QComboBox(this))
    , m_environment(new QButtonGroup(this))
    , m_safety(new QButtonGroup(this))
    , m_askAgain(new QComboBox(this))
    , m_page(new QComboBox(this))
    , m_interval(new QComboBox(this))
{
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(px(space::kM));
    m_grid->setVerticalSpacing(px(space::kS));
    m_grid->setColumnMinimumWidth(0, px(76));
    m_grid->setColumnStretch(1, 1);
    m_name->setObjectName(u"connectionName"_s);
    m_name->setMaxLength(int(domain::kLongestProfileName));
    m_address->setObjectName(u"connectionAddress"_s);
    m_address->setFont(textFont(TextRole::Mono));
    m_address->setPlaceholderText(u"postgresql://user@host:5432/database"_s);
    m_encryption->setObjectName(u"encryption"_s);
    addRow(tr("Name"), m_name);
    addRow(tr("Address"), m_address);
    addRow(tr("Password"), makePassword());
    for (const auto& [words, encryption] :
         {std::pair{tr("Full check of certificate and host name"), Encryption::Full},
          std::pair{tr("Full check, by my own authority (~/.postgresql/root.crt)"),
                    Encryption::FullOwn},
          std::pair{tr("Encrypted, whoever answers"), Encryption::Unchecked},
          std::pair{tr("Encrypted where the server offers it"), Encryption::WhereOffered},
          std::pair{tr("Not encrypted"), Encryption::None}})
        m_encryption->addItem(words, int(encryption));
    m_encryption->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_encryption->setMinimumContentsLength(20); // in a narrow window the words are cut instead
    addRow(tr("Encryption"), m_encryption);
    addRow(tr("This is"), makeEnvironments());
    addRow(tr("Changes"), makeSafeties());
    addRow(tr("Open on"), makeOpening());

    connect(m_name, &QLineEdit::textChanged, this, &ConnectionForm::touched);
    connect(m_address, &QLineEdit::textChanged, this, [this] {
        showEncryption();
        touched();
    });
    connect(m_address, &QLineEdit::editingFinished, this, [this] {
        takePassword();
        if (m_address->isModified()) { // of a new address, what is usual for it
            m_address->setModified(false);
            m_address->setText(service::withUsualEncryption(m_address->text().trimmed()));
        }
        lookForPassword();
    });
    connect(m_password, &QLineEdit::textChanged, this, &ConnectionForm::touched);
    connect(m_encryption, &QComboBox::activated, this, &ConnectionForm::chooseEncryption);
    for (QButtonGroup* group : {m_environment, m_safety})
        connect(group, &QButtonGroup::idToggled, this, &ConnectionForm::touched);
    for (QComboBox* box : {m_askAgain, m_page, m_interval})
        connect(box, &QComboBox::activated, this, &ConnectionForm::touched);
    setProfile({});
}

QWidget* ConnectionForm::addRow(const QString& text, QWidget* field)
{
    const int row = m_grid->rowCount();
    auto* label = new Label(text, TextRole::Small, Color::Muted, this);
    label->setBuddy(field->focusProxy() ? field->focusProxy() : field);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(text);
    label->setContentsMargins(0, px(5), 0, 0);
    m_grid->addWidget(label, row, 0, Qt::AlignTop);
    m_grid->addWidget(field, row, 1);
    return field;
}

QWidget* ConnectionForm::makePassword()
{
    auto* line = new QWidget(this);
    auto* row = makeLine(line);
    m_password->setObjectName(u"connectionPassword"_s);
    m_password->setAccessibleName(tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setMinimumWidth(px(100));
    m_password->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData |
                                    Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_password->setPlaceholderText(tr("empty: from the keychain"));
    row->addWidget(m_password, 1);
    row->addWidget(m_kept);
    line->setFocusProxy(m_password);
    return line;
}

QWidget* ConnectionForm::makeEnvironments()
{
    auto* line = new QWidget(this);
    auto* row = makeLine(line);
    for (const auto& [words, environment] :
         {std::pair{tr("Production"), Environment::Production},
          std::pair{tr("Staging"), Environment::Staging}, std::pair{tr("Test"), Environment::Test},
          std::pair{tr("Local"), Environment::Local}}) {
        auto* choice = new QRadioButton(words, line);
        m_environment->addButton(choice, int(environment));
        row->addWidget(choice);
    }
    row->addStretch(1);
    return line;
}

QWidget* ConnectionForm::makeSafeties()
{
    auto* lines = new QWidget(this);
    auto* column = new QVBoxLayout(lines);
    column->setContentsMargins({});
    column->setSpacing(px(space::kXs));
    for (const auto& [words, what, safety] :
         {std::tuple{tr("Read-only"), tr("the database itself refuses every change"),
                     Safety::ReadOnly},
          std::tuple{tr("Confirm"), tr("a question before bulk changes"), Safety::Confirm},
          std::tuple{tr("Type the name"), tr("for bulk changes the name is typed"),
                     Safety::TypeName}}) {
        auto* row = new QHBoxLayout;
        row->setSpacing(px(space::kS));
        auto* choice = new QRadioButton(words, lines);
        choice->setAccessibleDescription(what);
        m_safety->addButton(choice, int(safety));
        row->addWidget(choice);
        row->addWidget(new Label(what, TextRole::Small, Color::Muted, lines));
        row->addStretch(1);
        column->addLayout(row);
    }
    m_askAgainRow = new QWidget(lines);
    auto* row = makeLine(m_askAgainRow);
    row->setContentsMargins(px(space::kXl), 0, 0, 0);
    auto* label = new Label(tr("asked"), TextRole::Small, Color::Muted, m_askAgainRow);
    label->setBuddy(m_askAgain);
    m_askAgain->setAccessibleName(tr("When the name is asked again"));
    m_askAgain->addItem(tr("each time"), 0);
    for (const int minutes : {5, 15, 60})
        m_askAgain->addItem(tr("again after %1 min without input").arg(minutes), minutes);
    row->addWidget(label);
    row->addWidget(m_askAgain);
    row->addStretch(1);
    column->addWidget(m_askAgainRow);
    return lines;
}

QWidget* ConnectionForm::makeOpening()
{
    auto* line = new QWidget(this);
    auto* row = makeLine(line);
    m_page->setAccessibleName(tr("Open on"));
    for (const auto& [words, page] :
         {std::pair{tr("Overview"), u"overview"_s}, std::pair{tr("Jobs"), u"jobs"_s},
          std::pair{tr("Scans"), u"scans"_s}, std::pair{tr("Engine"), u"engine"_s},
          std::pair{tr("Diagnostics"), u"diagnostics"_s}})
        m_page->addItem(words, page);
    auto* label = new Label(tr("refresh every"), TextRole::Small, Color::Muted, line);
    label->setBuddy(m_interval);
    m_interval->setAccessibleName(tr("Refresh every"));
    m_interval->addItem(tr("as usual"), 0);
    for (const int seconds : {1, 2, 5, 10, 30, 60})
        m_interval->addItem(tr("%1 s").arg(seconds), seconds);
    row->addWidget(m_page);
    row->addWidget(label);
    row->addWidget(m_interval);
    row->addStretch(1);
    line->setFocusProxy(m_page);
    return line;
}

void ConnectionForm::setProfile(const domain::Profile& profile, const QString& password)
{
    m_isSetting = true;
    m_profile = profile;
    m_name->setText(profile.rules.name);
    m_address->setText(profile.address);
    m_address->setCursorPosition(0);
    m_password->setText(password);
    m_environment->button(int(profile.rules.environment))->setChecked(true);
    m_safety->button(int(profile.rules.safety))->setChecked(true);
    choose(m_askAgain, int(profile.rules.askAgainAfter.count()));
    choose(m_page, profile.page.isEmpty() ? u"overview"_s : profile.page);
    choose(m_interval, profile.interval);
    m_isSetting = false;
    showEncryption();
    lookForPassword();
    touched();
}

domain::Profile ConnectionForm::profile() const
{
    domain::Profile profile = m_profile;
    profile.rules.name = m_name->text().trimmed();
    profile.address = service::partsOf(m_address->text().trimmed()).address;
    profile.rules.environment = static_cast<Environment>(m_environment->checkedId());
    profile.rules.safety = static_cast<Safety>(m_safety->checkedId());
    profile.rules.askAgainAfter = std::chrono::minutes(m_askAgain->currentData().toInt());
    const QString page = m_page->currentData().toString();
    profile.page = page == "overview"_L1 && m_profile.page.isEmpty() ? QString() : page;
    profile.interval = m_interval->currentData().toInt();
    return profile;
}

QString ConnectionForm::password() const
{
    const QString inAddress = service::partsOf(m_address->text()).password;
    return m_password->text().isEmpty() ? inAddress : m_password->text();
}

QString ConnectionForm::wholeAddress() const
{
    return service::addressOf(service::AddressParts{profile().address, password()});
}

bool ConnectionForm::isChanged() const
{
    return profile() != m_profile || !password().isEmpty();
}

void ConnectionForm::focusName()
{
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

void ConnectionForm::focusAddress()
{
    m_address->setFocus(Qt::OtherFocusReason);
}

QWidget* ConnectionForm::firstField() const
{
    return m_name;
}

// Setting the text also clears the undo history, which Ctrl+Z would bring back.
void ConnectionForm::takePassword()
{
    const service::AddressParts parts = service::partsOf(m_address->text());
    if (parts.password.isEmpty())
        return;
    m_address->setText(parts.address);
    m_address->setModified(true);
    m_password->setText(parts.password);
}

void ConnectionForm::showEncryption()
{
    const auto encryption = service::encryptionOf(m_address->text().trimmed());
    m_encryption->setEnabled(encryption.has_value());
    m_password->setEnabled(encryption.has_value());
    m_password->setPlaceholderText(encryption ? tr("empty: from the keychain")
                                              : tr("a file has none"));
    if (encryption)
        choose(m_encryption, int(*encryption));
    else
        m_encryption->setCurrentIndex(-1);
}

void ConnectionForm::chooseEncryption(int index)
{
    const auto wanted = static_cast<Encryption>(m_encryption->itemData(index).toInt());
    m_address->setText(service::withEncryption(m_address->text().trimmed(), wanted));
    showEncryption(); // of an address that cannot say so, the old one
}

void ConnectionForm::lookForPassword()
{
    m_kept->setText({});
    const QString address = m_address->text().trimmed();
    const int question = ++m_question;
    if (!service::encryptionOf(address)) // a file has none
        return;
    const service::KeyService keys;
    async::deliver(keys.look({service::KeyPurpose::Kind::DatabasePassword, address}), this,
                   [this, question](const base::Result<service::KeyInfo>& info) {
                       if (question != m_question || !info)
                           return;
                       using Source = service::KeyInfo::Source;
                       m_kept->setText(info->source == Source::Keychain      ? tr("in the keychain")
                                       : info->source == Source::ThisRunOnly ? tr("until you quit")
                                                                             : QString());
                   });
}

void ConnectionForm::touched()
{
    m_askAgainRow->setVisible(m_safety->checkedId() == int(Safety::TypeName));
    if (!m_isSetting)
        Q_EMIT changed();
}

} // namespace queuedeck::ui
