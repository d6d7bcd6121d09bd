// The names of cmdlets: aliases that PowerShell comes with, and cmdlets of modules that rules know by name.

/** Aliases in lower case. */
export const aliases: Readonly<Record<string, string>> = Object.fromEntries(
  `ri=remove-item rm=remove-item rmdir=remove-item rd=remove-item del=remove-item erase=remove-item
  gci=get-childitem ls=get-childitem dir=get-childitem gi=get-item gc=get-content cat=get-content type=get-content
  sc=set-content ac=add-content clc=clear-content ni=new-item mi=move-item mv=move-item move=move-item
  cp=copy-item copy=copy-item cpi=copy-item ren=rename-item rni=rename-item iex=invoke-expression icm=invoke-command
  iwr=invoke-webrequest irm=invoke-restmethod curl=invoke-webrequest wget=invoke-webrequest saps=start-process
  start=start-process sajb=start-job %=foreach-object foreach=foreach-object ?=where-object where=where-object
  select=select-object sort=sort-object echo=write-output write=write-output cd=set-location sl=set-location
  chdir=set-location pushd=push-location popd=pop-location gl=get-location pwd=get-location rvpa=resolve-path
  rp=remove-itemproperty ipmo=import-module md=new-item mkdir=new-item tee=tee-object rv=remove-variable`
    .split(/\s+/)
    .map((pair) => pair.split('=') as [string, string]),
);

/** Cmdlets whose names are followed as commands, so that rules can name them: as they are written in their reference. */
export const destructive: ReadonlyMap<string, string> = new Map(
  `Clear-Disk Format-Volume Initialize-Disk Remove-Partition Reset-PhysicalDisk Remove-VirtualDisk Remove-StoragePool
  Remove-ItemProperty
  Remove-ADUser Remove-ADGroup Remove-ADComputer Remove-ADObject Remove-ADOrganizationalUnit Remove-ADServiceAccount
  Remove-LocalUser Remove-LocalGroup Remove-MgUser Remove-MgGroup Remove-MgApplication Remove-AzADUser
  Remove-AzADApplication Remove-Mailbox
  Remove-AzResourceGroup Remove-AzResource Remove-AzVM Remove-AzSqlDatabase Remove-AzSqlServer Remove-AzStorageAccount
  Remove-AzStorageContainer Remove-AzStorageBlob Remove-AzKeyVault Remove-AzKeyVaultSecret Remove-AzKeyVaultKey
  Remove-AzAksCluster Remove-AzCosmosDBAccount Remove-AzDisk Remove-AzSnapshot Remove-AzWebApp Remove-AzVirtualNetwork
  Remove-AzRecoveryServicesVault Remove-AzPostgreSqlFlexibleServer Remove-AzMySqlFlexibleServer
  Remove-AzContainerRegistry Remove-AzRedisCache
  Remove-S3Bucket Remove-S3Object Remove-EC2Instance Remove-EC2Volume Remove-EC2Snapshot Remove-RDSDBInstance
  Remove-RDSDBCluster Remove-DDBTable Remove-CFNStack Remove-IAMUser Remove-LMFunction Remove-EKSCluster
  Remove-SqlDatabase Remove-DbaDatabase
  Remove-VM Remove-VMSnapshot Remove-VMCheckpoint Remove-VMHardDiskDrive Restore-VMSnapshot`
    .split(/\s+/)
    .map((name) => [name.toLowerCase(), name]),
);
