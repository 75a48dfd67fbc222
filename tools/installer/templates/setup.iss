; Inno Setup 6.4.1 or newer. Written by tools/installer/windows.py for G20 Desk @VERSION@. Its makers compiled it and ran what came of it under
; Wine, not yet on Windows.
; ISCC setup.iss             makes g20desk_@VERSION@_x64_setup.exe beside this file, of the folder that PyInstaller built
;   /DFrozen=DIR             where that folder is; ..\g20desk otherwise
;   /DSigned /Sg20desk=...   signs setup and uninstaller with that command ($f is the file)
;
; Unattended, for all users:    g20desk_@VERSION@_x64_setup.exe /VERYSILENT /SUPPRESSMSGBOXES /ALLUSERS /NORESTART /LOG=FILE
;   /POLICY=FILE                copies the administrator's settings to %ProgramData%\g20desk\policy.toml
; For one user, without rights: g20desk_@VERSION@_x64_setup.exe /VERYSILENT /SUPPRESSMSGBOXES /CURRENTUSER
; Nothing starts with Windows, no firewall rule is made, no service is installed. Uninstalling leaves users' data and the policy.

#ifndef Frozen
  #define Frozen "..\g20desk"
#endif

[Setup]
AppId={@APP_ID@
AppName=G20 Desk
AppVersion=@VERSION@
AppVerName=G20 Desk @VERSION@
AppPublisher=@PUBLISHER@
VersionInfoVersion=@VERSION4@
VersionInfoDescription=G20 Desk Setup
UninstallDisplayName=G20 Desk
UninstallDisplayIcon={app}\g20desk-window.exe
DefaultDirName={autopf}\G20 Desk
DefaultGroupName=G20 Desk
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=admin
PrivilegesRequiredOverridesAllowed=commandline dialog
UsePreviousPrivileges=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
; While the program is open, in whichever session, nothing is replaced: a post may be on its way.
AppMutex=@MUTEX@,Global\@MUTEX@
CloseApplications=no
RestartApplications=no
SetupIconFile=g20desk.ico
LicenseFile=LICENSE.txt
WizardStyle=modern
ShowLanguageDialog=auto
Compression=lzma2/max
SolidCompression=yes
TimeStampsInUTC=yes
; Of files flagged `touch`: the same files make the same bytes, whenever they were built.
TouchDate=@DATE@
TouchTime=@TIME@
OutputDir=.
OutputBaseFilename=g20desk_@VERSION@_x64_setup
#ifdef Signed
SignTool=g20desk
SignedUninstaller=yes
#endif

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
Name: "arabic"; MessagesFile: "compiler:Languages\Arabic.isl"

[CustomMessages]
english.PolicyMissing=The policy file %1 is not there. Nothing was installed.
arabic.PolicyMissing=ملف السياسة %1 غير موجود. لم يُثبَّت شيء.
english.PolicyNeedsAll=A policy holds for all users: run Setup as an administrator with /ALLUSERS. Nothing was installed.
arabic.PolicyNeedsAll=السياسة تسري على جميع المستخدمين: شغّل برنامج التثبيت بصفة مسؤول مع ‎/ALLUSERS. لم يُثبَّت شيء.
english.PolicyUnprotected=The folder %1 could not be protected against changes by users. Nothing was installed.
arabic.PolicyUnprotected=تعذرت حماية المجلد %1 من تغييرات المستخدمين. لم يُثبَّت شيء.
english.PolicyNotCopied=The policy could not be copied to %1. Nothing was installed.
arabic.PolicyNotCopied=تعذر نسخ السياسة إلى %1. لم يُثبَّت شيء.
english.DesktopIcon=Make an icon on the desktop
arabic.DesktopIcon=إنشاء أيقونة على سطح المكتب

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"; Flags: unchecked

[InstallDelete]
; Modules of the version before must not be found by this one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Frozen}\g20desk.exe"; DestDir: "{app}"; Flags: ignoreversion touch
Source: "{#Frozen}\g20desk-window.exe"; DestDir: "{app}"; Flags: ignoreversion touch
Source: "{#Frozen}\THIRD-PARTY-NOTICES.txt"; DestDir: "{app}"; Flags: ignoreversion touch
Source: "{#Frozen}\_internal\*"; DestDir: "{app}\_internal"; Flags: ignoreversion touch recursesubdirs createallsubdirs
Source: "LICENSE.txt"; DestDir: "{app}"; Flags: ignoreversion touch

[Icons]
Name: "{autoprograms}\G20 Desk"; Filename: "{app}\g20desk-window.exe"; AppUserModelID: "g20desk"
Name: "{autodesktop}\G20 Desk"; Filename: "{app}\g20desk-window.exe"; AppUserModelID: "g20desk"; Tasks: desktopicon

[Code]
function PolicyFile: String;
begin
  Result := ExpandConstant('{param:POLICY|}');
end;

function PolicyFolder: String;
begin
  Result := ExpandConstant('{commonappdata}\g20desk');
end;

function Icacls(const Words: String): Boolean;
var
  Code: Integer;
begin
  Result := Exec(ExpandConstant('{sys}\icacls.exe'), '"' + PolicyFolder + '" ' + Words, '', SW_HIDE, ewWaitUntilTerminated, Code)
    and (Code = 0);
end;

{ Anyone may make folders in ProgramData, and write into them: the folder of the policy becomes the administrators' before it is
  trusted, whoever made it. S-1-5-32-544 administrators, S-1-5-18 the system, S-1-5-32-545 users. }
function MadeOurs: Boolean;
begin
  Result := ForceDirectories(PolicyFolder)
    and Icacls('/setowner *S-1-5-32-544 /T /Q')
    and Icacls('/reset /T /Q')
    and Icacls('/inheritance:r /grant:r *S-1-5-32-544:(OI)(CI)F *S-1-5-18:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX /Q');
end;

function PrepareToInstall(var NeedsRestart: Boolean): String;
begin
  Result := '';
  if (PolicyFile <> '') and not IsAdminInstallMode then
    Result := CustomMessage('PolicyNeedsAll')
  else if (PolicyFile <> '') and not FileExists(PolicyFile) then
    Result := FmtMessage(CustomMessage('PolicyMissing'), [PolicyFile])
  else if IsAdminInstallMode and not MadeOurs then
    Result := FmtMessage(CustomMessage('PolicyUnprotected'), [PolicyFolder])
  else if (PolicyFile <> '') and not CopyFile(PolicyFile, PolicyFolder + '\policy.toml', False) then
    Result := FmtMessage(CustomMessage('PolicyNotCopied'), [PolicyFolder]);
end;
