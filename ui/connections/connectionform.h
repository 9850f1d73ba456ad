// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/profile.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QGridLayout;
class QLineEdit;
class QSpinBox;

namespace queuedeck::service {
class KeyService;
}

namespace queuedeck::ui {

class Label;

/// The fields of a saved connection. A password is never part of the profile: one that is pasted
/// with an address moves to its own field.
class ConnectionForm : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionForm(QWidget* parent = nullptr);

    void setProfile(const domain::Profile& profile, const QString& password = {});
    domain::Profile profile() const;
    QString password() const; ///< typed here; empty: the one in the keychain, if any
    /// With the password that was typed, to open or to test it. In memory only.
    QString wholeAddress() const;
    bool isChanged() const;
    void focusName();
    void focusAddress();
    /// Its fields, in the order of Tab.
    QWidget* firstField() const;

Q_SIGNALS:
    void changed();

private:
    QWidget* addRow(const QString& label, QWidget* field);
    QWidget* makePassword();
    QWidget* makeEnvironments();
    QWidget* makeSafeties();
    QWidget* makeOpening();
    void takePassword();
    void showEncryption();
    void chooseEncryption(int index);
    void lookForPassword();
    void touched();

    domain::Profile m_profile; ///< as it was set
    bool m_isSetting = false;
    int m_question = 0; ///< to the keychain: earlier answers are ignored
    QGridLayout* m_grid;
    QLineEdit* m_name;
    QLineEdit* m_address;
    QLineEdit* m_password;
    Label* m_kept;
    QComboBox* m_encryption;
    QButtonGroup* m_environment;
    QButtonGroup* m_safety;
    QWidget* m_askAgainRow = nullptr;
    QComboBox* m_askAgain;
    QComboBox* m_page;
    QComboBox* m_interval;
};

} // namespace queuedeck::ui
